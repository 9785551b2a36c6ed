using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Brands;

internal sealed class BrandMapping : IEntityTypeConfiguration<Brand>
{
    public void Configure(EntityTypeBuilder<Brand> builder)
    {
        builder.HasIndex(brand => brand.Domain).IsUnique();
        builder.HasOne(brand => brand.FlowAuthentication).WithMany().OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(brand => brand.FlowInvalidation).WithMany().OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(brand => brand.FlowRecovery).WithMany().OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(brand => brand.FlowUnenrollment).WithMany().OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(brand => brand.FlowUserSettings).WithMany().OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(brand => brand.FlowDeviceCode).WithMany().OnDelete(DeleteBehavior.SetNull);
        builder.HasOne(brand => brand.DefaultApplication).WithMany().OnDelete(DeleteBehavior.SetNull);
    }
}
