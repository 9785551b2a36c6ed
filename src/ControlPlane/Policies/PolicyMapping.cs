using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Policies;

internal sealed class PolicyMapping : IEntityTypeConfiguration<Policy>
{
    public void Configure(EntityTypeBuilder<Policy> builder)
    {
        builder.HasIndex(policy => policy.Name).IsUnique();
        builder.Property(policy => policy.Kind).HasMaxLength(64);
    }
}
