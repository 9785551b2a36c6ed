using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Sessions;

internal sealed class SessionMapping : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.HasIndex(session => session.CookieHash).IsUnique();
        builder.HasIndex(session => session.ExpiresAt);

        // A second lock: the first is SessionEnds, which also tells the outposts.
        builder.HasOne(session => session.ImpersonatorSession).WithMany().HasForeignKey(session => session.ImpersonatorSessionId).OnDelete(DeleteBehavior.Cascade);
    }
}
