using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sidecar.ControlPlane.Applications;

namespace Sidecar.ControlPlane.Tokens;

internal sealed class TokenGrantMapping : IEntityTypeConfiguration<TokenGrant>
{
    public void Configure(EntityTypeBuilder<TokenGrant> builder)
    {
        builder.HasKey(grant => new { grant.TokenId, grant.ProviderId });
        builder.HasOne<Token>().WithMany().HasForeignKey(grant => grant.TokenId);
        builder.HasOne<Provider>().WithMany().HasForeignKey(grant => grant.ProviderId);
    }
}
