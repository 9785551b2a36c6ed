using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Flows.Invitations;

internal sealed class InvitationMapping : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.HasIndex(invitation => invitation.ExpiresAt);

        // Not null instead: then it would let into every flow.
        builder.HasOne(invitation => invitation.Flow).WithMany().HasForeignKey(invitation => invitation.FlowId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(invitation => invitation.CreatedBy).WithMany().HasForeignKey(invitation => invitation.CreatedById).OnDelete(DeleteBehavior.Cascade);
    }
}
