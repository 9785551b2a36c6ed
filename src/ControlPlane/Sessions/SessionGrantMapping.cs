using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sidecar.ControlPlane.Applications;

namespace Sidecar.ControlPlane.Sessions;

internal sealed class SessionGrantMapping : IEntityTypeConfiguration<SessionGrant>
{
    public void Configure(EntityTypeBuilder<SessionGrant> builder)
    {
        builder.HasKey(grant => new { grant.SessionId, grant.ProviderId });
        builder.HasOne<Session>().WithMany().HasForeignKey(grant => grant.SessionId);
        builder.HasOne<Provider>().WithMany().HasForeignKey(grant => grant.ProviderId);
    }
}
