namespace Sidecar.ControlPlane.Passwords;

internal static class PasswordText
{
    /// <summary>In Unicode code points (NIST SP 800-63B-4, 3.1.1.2), not in the units of UTF-16.</summary>
    public static int LengthOf(string password) => password.EnumerateRunes().Count();
}
