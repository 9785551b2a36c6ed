using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Audit;

internal sealed class AuditEventMapping : IEntityTypeConfiguration<AuditEvent>
{
    public void Configure(EntityTypeBuilder<AuditEvent> builder)
    {
        builder.HasIndex(audit => audit.At);

        // Those that are left are few, whatever the log holds.
        builder.HasIndex(audit => audit.Id).HasFilter("NOT judged").HasDatabaseName("ix_audit_events_not_judged");
        builder.HasIndex(audit => new { audit.Action, audit.At });
        builder.HasIndex(audit => new { audit.ModelPk, audit.At });
    }
}
