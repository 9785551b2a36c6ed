namespace Sidecar.ControlPlane.Authenticators;

/// <summary>authentik's names of the kinds of devices.</summary>
internal static class DeviceClass
{
    public const string Static = "static";
    public const string Totp = "totp";
    public const string WebAuthn = "webauthn";

    public static string NameOf(string deviceClass) => deviceClass switch
    {
        Static => "Recovery codes",
        Totp => "Authenticator app",
        WebAuthn => "Passkey or security key",
        _ => deviceClass,
    };
}
