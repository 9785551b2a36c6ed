using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Directory;

internal sealed class GroupMapping : IEntityTypeConfiguration<Group>
{
    public void Configure(EntityTypeBuilder<Group> builder)
    {
        builder.HasIndex(group => group.Name).IsUnique();
        builder.Property(group => group.Name).HasMaxLength(GroupName.MaxLength);
        builder.HasMany(group => group.Parents).WithMany(group => group.Children).UsingEntity<GroupParent>(
            right => right.HasOne<Group>().WithMany().HasForeignKey(link => link.ParentId),
            left => left.HasOne<Group>().WithMany().HasForeignKey(link => link.GroupId),
            join => join.ToTable("group_parents").HasKey(link => new { link.GroupId, link.ParentId }));
    }
}
