using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sidecar.ControlPlane.Authenticators;

internal sealed class AuthenticatorDeviceMapping : IEntityTypeConfiguration<AuthenticatorDevice>
{
    public void Configure(EntityTypeBuilder<AuthenticatorDevice> builder)
    {
        builder.ToTable("authenticator_devices");
        builder.Ignore(device => device.Class);
        builder.Property(device => device.Name).HasMaxLength(AuthenticatorDevice.NameMaxLength);
        builder.HasOne(device => device.User).WithMany().HasForeignKey(device => device.UserId);
        builder.HasDiscriminator<string>("kind").HasValue<TotpDevice>(DeviceClass.Totp).HasValue<StaticDevice>(DeviceClass.Static)
            .HasValue<WebAuthnDevice>(DeviceClass.WebAuthn);
        builder.Property("kind").HasMaxLength(16);
    }
}
