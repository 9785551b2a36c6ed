using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Notifications;

internal sealed class NotificationMapping : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.HasOne(notification => notification.User).WithMany().HasForeignKey(notification => notification.UserId);
        builder.HasIndex(notification => new { notification.UserId, notification.CreatedAt });
    }
}
