using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Audit;

internal sealed class AuditEventMapping : IEntityTypeConfiguration<AuditEvent>
{
    public void Configure(EntityTypeBuilder<AuditEvent> builder)
    {
        builder.HasIndex(audit => audit.At);
        builder.HasIndex(audit => new { audit.Action, audit.At });
        builder.HasIndex(audit => new { audit.ModelPk, audit.At });
    }
}
