namespace Sidecar.ControlPlane.Policies;

/// <summary>authentik's names of the kinds of policies, which their addresses and schemas are named after.</summary>
internal static class PolicyKind
{
    public const string Dummy = "dummy";
    public const string EventMatcher = "event_matcher";
    public const string Password = "password";
    public const string PasswordExpiry = "password_expiry";
    public const string Reputation = "reputation";
    public const string UniquePassword = "unique_password";
}
