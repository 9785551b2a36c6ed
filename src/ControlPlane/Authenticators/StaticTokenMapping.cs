using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Authenticators;

internal sealed class StaticTokenMapping : IEntityTypeConfiguration<StaticToken>
{
    public void Configure(EntityTypeBuilder<StaticToken> builder)
    {
        builder.ToTable("static_tokens");
        builder.HasOne<StaticDevice>().WithMany(device => device.Tokens).HasForeignKey(token => token.DeviceId);
        builder.HasIndex(token => token.Hash);
    }
}
