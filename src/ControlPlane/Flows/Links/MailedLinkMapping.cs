using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Flows.Links;

internal sealed class MailedLinkMapping : IEntityTypeConfiguration<MailedLink>
{
    public void Configure(EntityTypeBuilder<MailedLink> builder)
    {
        builder.HasIndex(link => link.SecretHash).IsUnique();
        builder.HasIndex(link => link.ExpiresAt);
        builder.HasOne(link => link.Flow).WithMany().HasForeignKey(link => link.FlowId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(link => link.User).WithMany().HasForeignKey(link => link.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
