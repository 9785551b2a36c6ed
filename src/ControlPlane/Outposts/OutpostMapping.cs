using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sidecar.ControlPlane.Applications;

namespace Sidecar.ControlPlane.Outposts;

internal sealed class OutpostMapping : IEntityTypeConfiguration<Outpost>
{
    public void Configure(EntityTypeBuilder<Outpost> builder)
    {
        builder.HasIndex(outpost => outpost.Name).IsUnique();
        builder.HasIndex(outpost => outpost.Managed).IsUnique();
        builder.HasOne(outpost => outpost.ServiceAccount).WithOne().HasForeignKey<Outpost>(outpost => outpost.ServiceAccountId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(outpost => outpost.Instances).WithOne().HasForeignKey(instance => instance.OutpostId);
        builder.HasMany(outpost => outpost.Providers).WithMany().UsingEntity<OutpostProvider>(
            right => right.HasOne<Provider>().WithMany().HasForeignKey(link => link.ProviderId),
            left => left.HasOne<Outpost>().WithMany().HasForeignKey(link => link.OutpostId),
            join => join.ToTable("outpost_providers").HasKey(link => new { link.OutpostId, link.ProviderId }));
    }
}
