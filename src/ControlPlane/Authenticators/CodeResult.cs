namespace Sidecar.ControlPlane.Authenticators;

internal abstract record CodeResult
{
    private CodeResult()
    {
    }

    /// <param name="Device">Whose code it was. It is used up.</param>
    public sealed record Right(AuthenticatorDevice Device) : CodeResult;

    // One for "no such code", "used already" and "no such user".
    public sealed record Wrong : CodeResult
    {
        public static readonly Wrong Instance = new();
    }

    /// <summary>The code was not even looked at.</summary>
    public sealed record Wait(string Message) : CodeResult;
}
