using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Outposts;

internal sealed class RetiredOutpostTokenMapping : IEntityTypeConfiguration<RetiredOutpostToken>
{
    public void Configure(EntityTypeBuilder<RetiredOutpostToken> builder) => builder.HasKey(token => token.Hash);
}
