using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Outposts;

internal sealed class OutpostInstanceMapping : IEntityTypeConfiguration<OutpostInstance>
{
    public void Configure(EntityTypeBuilder<OutpostInstance> builder) =>
        builder.HasKey(instance => new { instance.OutpostId, instance.Instance });
}
