using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.OpenId.IssuedTokens;

internal sealed class IssuedTokenMapping : IEntityTypeConfiguration<IssuedToken>
{
    public void Configure(EntityTypeBuilder<IssuedToken> builder)
    {
        builder.ToTable("issued_tokens");
        builder.HasIndex(token => token.ReferenceId).IsUnique();
        builder.HasIndex(token => token.ChainId);
        builder.HasIndex(token => token.ExpiresAt);
    }
}
