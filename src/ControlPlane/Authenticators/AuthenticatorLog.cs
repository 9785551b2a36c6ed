namespace Sidecar.ControlPlane.Authenticators;

internal static partial class AuthenticatorLog
{
    [LoggerMessage(2210, LogLevel.Information, "A passkey or security key was refused: {Reason}")]
    public static partial void SignatureRefused(this ILogger logger, string reason);
}
