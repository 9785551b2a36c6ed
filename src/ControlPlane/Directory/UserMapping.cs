using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sidecar.ControlPlane.Directory.Names;

namespace Sidecar.ControlPlane.Directory;

internal sealed class UserMapping : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.HasIndex(user => user.Pk).IsUnique();
        builder.HasIndex(user => user.UsernameKey).IsUnique();
        builder.HasIndex(user => user.EmailKey);
        builder.HasIndex(user => user.Uid).IsUnique();

        // What lists of very many users are ordered by and searched in.
        builder.HasIndex(user => new { user.Username, user.Pk });
        builder.HasIndex(user => new { user.Email, user.Pk });
        builder.HasIndex(user => new { user.DateJoined, user.Pk });
        builder.HasIndex(user => new { user.LastLogin, user.Pk });
        builder.HasIndex(user => user.SearchText);
        builder.Property(user => user.SearchText).HasMaxLength(UserSearchText.MaxLength);
        builder.Property(user => user.Username).HasMaxLength(UserName.MaxLength);
        builder.Property(user => user.UsernameKey).HasMaxLength(LookupKey.MaxLength);
        builder.Property(user => user.Email).HasMaxLength(254);
        builder.Property(user => user.EmailKey).HasMaxLength(LookupKey.MaxLength);
        builder.HasMany(user => user.Groups).WithMany(group => group.Users).UsingEntity<Membership>(
            right => right.HasOne<Group>().WithMany().HasForeignKey(membership => membership.GroupId),
            left => left.HasOne<User>().WithMany().HasForeignKey(membership => membership.UserId),
            join => join.ToTable("memberships").HasKey(membership => new { membership.UserId, membership.GroupId }));
    }
}
