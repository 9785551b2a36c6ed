using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Applications;

internal sealed class ProviderMapping : IEntityTypeConfiguration<Provider>
{
    public void Configure(EntityTypeBuilder<Provider> builder)
    {
        builder.UseTptMappingStrategy().ToTable("providers");
        builder.HasIndex(provider => provider.Name).IsUnique();

        // A flow in use cannot go: a provider without its flow would sign people in without the consent it asks for.
        builder.HasOne(provider => provider.AuthenticationFlow).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(provider => provider.AuthorizationFlow).WithMany().OnDelete(DeleteBehavior.Restrict);
        builder.HasOne(provider => provider.InvalidationFlow).WithMany().OnDelete(DeleteBehavior.Restrict);
    }
}
