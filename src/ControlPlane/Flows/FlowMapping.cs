using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Flows;

internal sealed class FlowMapping : IEntityTypeConfiguration<Flow>
{
    public void Configure(EntityTypeBuilder<Flow> builder)
    {
        builder.HasIndex(flow => flow.Slug).IsUnique();
        builder.Property(flow => flow.Slug).HasMaxLength(80);
        builder.HasMany(flow => flow.StageBindings).WithOne(binding => binding.Flow).HasForeignKey(binding => binding.FlowId);
    }
}
