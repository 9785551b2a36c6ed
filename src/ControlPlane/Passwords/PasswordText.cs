using System.Text;

namespace Sidecar.ControlPlane.Passwords;

/// <summary>A password as it is hashed, compared and counted: NFC (NIST SP 800-63B-4, 3.1.1.2), because keyboards spell one letter in several ways.</summary>
internal static class PasswordText
{
    /// <summary>Text that is no valid Unicode stays as it is: it has no other spelling.</summary>
    public static string Of(string typed)
    {
        try
        {
            return typed.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return typed;
        }
    }

    /// <summary>In Unicode code points, as the same section counts.</summary>
    public static int LengthOf(string typed) => Of(typed).EnumerateRunes().Count();
}
