using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Keys;

internal sealed class KeyRecordMapping : IEntityTypeConfiguration<KeyRecord>
{
    public void Configure(EntityTypeBuilder<KeyRecord> builder)
    {
        builder.HasIndex(key => key.Kid).IsUnique();
        builder.HasIndex(key => key.Purpose);
    }
}
