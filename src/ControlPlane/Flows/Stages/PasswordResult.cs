using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.Flows.Stages;

internal abstract record PasswordResult
{
    private PasswordResult()
    {
    }

    /// <param name="User">Whose it is.</param>
    /// <param name="Method">How (RFC 8176).</param>
    public sealed record Right(User User, string Method) : PasswordResult;

    // One for "no such user", "not active" and "wrong password": telling them apart would list accounts.
    public sealed record Wrong : PasswordResult
    {
        public static readonly Wrong Instance = new();
    }

    /// <summary>The password was not even looked at.</summary>
    public sealed record Wait(string Message) : PasswordResult;
}
