namespace Sidecar.ControlPlane.Authenticators;

/// <summary>A passkey or a security key. Nothing of it is secret: the private key never leaves the device.</summary>
internal sealed class WebAuthnDevice : AuthenticatorDevice
{
    public override string Class => DeviceClass.WebAuthn;

    public required byte[] CredentialId { get; init; }

    /// <summary>As a COSE key.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>How often the device says it was used. Zero for passkeys that are kept in several places; else it only ever rises.</summary>
    public required long SignCount { get; set; }

    /// <summary>Which model it is, or zero.</summary>
    public required Guid Aaguid { get; init; }
}
