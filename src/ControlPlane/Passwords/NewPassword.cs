namespace Sidecar.ControlPlane.Passwords;

/// <summary>What every new password must be, before any policy: NIST SP 800-63B-4 (3.1.1.2) without rules about kinds of characters.</summary>
internal static class NewPassword
{
    public const int MinLength = 8;

    /// <summary>What is wrong, for the person who typed it; null: nothing.</summary>
    public static string? ProblemOf(string password) => PasswordText.LengthOf(password) switch
    {
        < MinLength => $"A password has at least {MinLength} characters.",
        _ when password.Length > PasswordWork.MaxLength => $"A password has at most {PasswordWork.MaxLength} characters.",
        _ => null,
    };
}
