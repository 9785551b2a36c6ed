using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Notifications;

internal sealed class NotificationRuleMapping : IEntityTypeConfiguration<NotificationRule>
{
    public void Configure(EntityTypeBuilder<NotificationRule> builder)
    {
        builder.HasIndex(rule => rule.Name).IsUnique();
        builder.HasOne(rule => rule.DestinationGroup).WithMany().OnDelete(DeleteBehavior.SetNull);
        builder.HasMany(rule => rule.Transports).WithMany().UsingEntity<RuleTransport>(
            right => right.HasOne<NotificationTransport>().WithMany().HasForeignKey(link => link.TransportId),
            left => left.HasOne<NotificationRule>().WithMany().HasForeignKey(link => link.RuleId),
            join => join.ToTable("notification_rule_transports").HasKey(link => new { link.RuleId, link.TransportId }));
    }
}
