namespace Sidecar.ControlPlane.Api.Validation;

/// <summary>One plain address (the addr-spec of RFC 5322 without comments, quotes and folding): the forms that mail programs read differently are refused.</summary>
internal static class EmailText
{
    public static bool IsValid(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        if (at is <= 0 or > 64 || at != text.LastIndexOf('@') || at == text.Length - 1)
        {
            return false;
        }

        var domain = text[(at + 1)..];
        return !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || "\"(),:;<>[\\]".Contains(c, StringComparison.Ordinal))
            && domain[0] is not ('.' or '-') && domain[^1] is not ('.' or '-') && !text.Contains("..", StringComparison.Ordinal);
    }
}
