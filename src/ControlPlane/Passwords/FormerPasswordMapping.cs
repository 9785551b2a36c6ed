using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.Passwords;

internal sealed class FormerPasswordMapping : IEntityTypeConfiguration<FormerPassword>
{
    public void Configure(EntityTypeBuilder<FormerPassword> builder)
    {
        builder.ToTable("former_passwords");
        builder.HasIndex(former => new { former.UserId, former.ReplacedAt });
        builder.HasOne<User>().WithMany().HasForeignKey(former => former.UserId);
    }
}
