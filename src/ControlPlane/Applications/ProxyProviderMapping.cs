using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Applications;

internal sealed class ProxyProviderMapping : IEntityTypeConfiguration<ProxyProvider>
{
    public void Configure(EntityTypeBuilder<ProxyProvider> builder)
    {
        builder.ToTable("proxy_providers");
        builder.HasIndex(provider => provider.ClientId).IsUnique();
        builder.Property(provider => provider.ClientId).HasMaxLength(255);
    }
}
