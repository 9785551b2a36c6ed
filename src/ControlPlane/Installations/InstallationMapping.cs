using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Installations;

internal sealed class InstallationMapping : IEntityTypeConfiguration<Installation>
{
    // Concurrency token: of two people who finish set-up at the same moment, one fails.
    public void Configure(EntityTypeBuilder<Installation> builder) =>
        builder.Property(installation => installation.SetUpCompletedAt).IsConcurrencyToken();
}
