namespace Sidecar.ControlPlane.Passwords;

/// <summary>The result of comparing a password.</summary>
internal enum PasswordVerdict : byte
{
    // Wrong is zero: a verdict that nobody set opens nothing.
    Wrong = 0,
    Right = 1,

    /// <summary>Too many are being compared at this moment. Says nothing about the password.</summary>
    Busy = 2,
}
