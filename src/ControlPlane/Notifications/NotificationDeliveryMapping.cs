using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Notifications;

internal sealed class NotificationDeliveryMapping : IEntityTypeConfiguration<NotificationDelivery>
{
    public void Configure(EntityTypeBuilder<NotificationDelivery> builder)
    {
        builder.HasOne(delivery => delivery.Transport).WithMany().HasForeignKey(delivery => delivery.TransportId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne(delivery => delivery.User).WithMany().HasForeignKey(delivery => delivery.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(delivery => delivery.NotBefore);
    }
}
