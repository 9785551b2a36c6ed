using System.Text;

namespace Sidecar.Decisions.Paths;

/// <summary>
/// Recognises expressions that mean plain text (<c>^/public/</c>, <c>^/a$</c>, <c>/health</c>, <c>\.css$</c>, <c>/skip.*</c>): a comparison of spans answers
/// them, without a regular expression.
/// </summary>
internal static class LiteralExpression
{
    private const string Meta = @"\.+*?()|[]{}^$";

    public static PathRule? TryParse(string expression)
    {
        var rest = expression.AsSpan();
        var atStart = TryCutStart(ref rest, "^") || TryCutStart(ref rest, @"\A");
        if (TryCutStart(ref rest, ".*"))
        {
            atStart = false;
        }

        // \$ and \\z end in a literal; the loop below would then see a lone backslash and give up, which only costs speed.
        var atEnd = TryCutEnd(ref rest, "$") || TryCutEnd(ref rest, @"\z");
        if (rest.EndsWith(".*") && !rest.EndsWith(@"\.*"))
        {
            rest = rest[..^2];
            atEnd = false;
        }

        return TryUnescape(rest, out var text) ? new PathRule(expression, text, atStart, atEnd) : null;
    }

    private static bool TryUnescape(ReadOnlySpan<char> escaped, out string text)
    {
        var plain = new StringBuilder();
        text = "";
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] == '\\' && i + 1 < escaped.Length && !char.IsAsciiLetterOrDigit(escaped[i + 1]) && escaped[i + 1] <= '\x7F')
            {
                i++;
            }
            else if (Meta.Contains(escaped[i], StringComparison.Ordinal))
            {
                return false;
            }

            plain.Append(escaped[i]);
        }

        text = plain.ToString();
        return true;
    }

    private static bool TryCutStart(ref ReadOnlySpan<char> text, string start)
    {
        var cut = text.StartsWith(start, StringComparison.Ordinal);
        text = cut ? text[start.Length..] : text;
        return cut;
    }

    private static bool TryCutEnd(ref ReadOnlySpan<char> text, string end)
    {
        var cut = text.EndsWith(end, StringComparison.Ordinal);
        text = cut ? text[..^end.Length] : text;
        return cut;
    }
}
