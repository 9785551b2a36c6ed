using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Notifications;

internal sealed class NotificationTransportMapping : IEntityTypeConfiguration<NotificationTransport>
{
    public void Configure(EntityTypeBuilder<NotificationTransport> builder) => builder.HasIndex(transport => transport.Name).IsUnique();
}
