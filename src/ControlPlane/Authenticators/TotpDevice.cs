namespace Sidecar.ControlPlane.Authenticators;

/// <summary>An authenticator application.</summary>
internal sealed class TotpDevice : AuthenticatorDevice
{
    public override string Class => DeviceClass.Totp;

    /// <summary>See <see cref="TotpSecrets"/>.</summary>
    public required byte[] KeyWrapped { get; init; }

    /// <summary>6 or 8.</summary>
    public required int Digits { get; init; }

    /// <summary>The time step (RFC 6238) of the newest code that was used. A code of this step or one before it is used up.</summary>
    public required long LastStep { get; set; }
}
