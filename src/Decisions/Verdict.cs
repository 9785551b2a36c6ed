namespace Sidecar.Decisions;

/// <summary>The answer to one forwarded request.</summary>
public enum Verdict : byte
{
    // Deny is zero so that a value nobody set keeps people out.
    Deny = 0,
    Allow = 1,
    SignIn = 2,
}
