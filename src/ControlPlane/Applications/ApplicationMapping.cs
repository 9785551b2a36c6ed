using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Applications;

internal sealed class ApplicationMapping : IEntityTypeConfiguration<Application>
{
    public void Configure(EntityTypeBuilder<Application> builder)
    {
        builder.HasIndex(application => application.Slug).IsUnique();
        builder.Property(application => application.Slug).HasMaxLength(80);

        // One to one: an outpost's answer names one application.
        builder.HasOne(application => application.Provider).WithOne(provider => provider.Application)
            .HasForeignKey<Application>(application => application.ProviderId).OnDelete(DeleteBehavior.SetNull);
    }
}
