using Sidecar.ControlPlane.Directory.Names;

namespace Sidecar.ControlPlane.Api.Validation;

/// <summary>One plain address (the addr-spec of RFC 5322 without comments, quotes and folding): the forms that mail programs read differently are refused.</summary>
internal static class EmailText
{
    // RFC 5321, 4.5.3.1.3: a path has at most 256 characters, of which two are its brackets.
    private const int MaxLength = 254;

    public static bool IsValid(string text)
    {
        if (text.Length > MaxLength)
        {
            return false;
        }

        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at is <= 0 or > 64 || at != text.LastIndexOf('@') || at == text.Length - 1)
        {
            return false;
        }

        var domain = text[(at + 1)..];
        return !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || "\"(),:;<>[\\]".Contains(c, StringComparison.Ordinal))
            && LookupKey.Of(text).Length <= LookupKey.MaxLength
            && text[0] != '.' && text[at - 1] != '.' && domain[0] is not ('.' or '-') && domain[^1] is not ('.' or '-') && !text.Contains("..", StringComparison.Ordinal);
    }
}
