using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Authenticators;

internal sealed class WebAuthnDeviceMapping : IEntityTypeConfiguration<WebAuthnDevice>
{
    public void Configure(EntityTypeBuilder<WebAuthnDevice> builder) => builder.HasIndex(device => device.CredentialId).IsUnique();
}
