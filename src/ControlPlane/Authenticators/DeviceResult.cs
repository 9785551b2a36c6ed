namespace Sidecar.ControlPlane.Authenticators;

/// <summary>What came of a code or a signature.</summary>
internal abstract record DeviceResult
{
    private DeviceResult()
    {
    }

    /// <param name="Device">Whose it was. A code is used up.</param>
    public sealed record Right(AuthenticatorDevice Device) : DeviceResult;

    // One for "does not fit", "used already" and "no such user".
    public sealed record Wrong : DeviceResult
    {
        public static readonly Wrong Instance = new();
    }

    /// <summary>It was not even looked at.</summary>
    public sealed record Wait(string Message) : DeviceResult;
}
