using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Attempts;

internal sealed class AttemptRecordMapping : IEntityTypeConfiguration<AttemptRecord>
{
    public void Configure(EntityTypeBuilder<AttemptRecord> builder)
    {
        builder.ToTable("attempts");
        builder.HasKey(attempt => attempt.Key);
        builder.HasIndex(attempt => attempt.WindowStart);
    }
}
