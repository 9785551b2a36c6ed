using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sidecar.ControlPlane.Outposts;

namespace Sidecar.ControlPlane.Snapshots;

internal sealed class StoredSnapshotMapping : IEntityTypeConfiguration<StoredSnapshot>
{
    public void Configure(EntityTypeBuilder<StoredSnapshot> builder)
    {
        builder.ToTable("snapshots");
        builder.HasKey(snapshot => new { snapshot.OutpostId, snapshot.Epoch, snapshot.Revision });
        builder.HasOne<Outpost>().WithMany().HasForeignKey(snapshot => snapshot.OutpostId);
    }
}
