using System.Text;
using System.Text.RegularExpressions;

namespace Sidecar.Demo.Edge.Rules;

/// <summary>The v2 form of Host and Path expressions: plain text with {name:regex} or {name} in it. Braces may nest inside the regex.</summary>
internal static class V2Template
{
    public static string Pattern(string template) => $"^{Body(template)}$";

    public static string PrefixPattern(string template) => $"^{Body(template)}";

    private static string Body(string template)
    {
        var pattern = new StringBuilder();
        for (var i = 0; i < template.Length;)
        {
            var open = template.IndexOf('{', i);
            pattern.Append(Regex.Escape(open < 0 ? template[i..] : template[i..open]));
            if (open < 0)
            {
                break;
            }

            var close = Closing(template, open);
            pattern.Append(Group(template[(open + 1)..close]));
            i = close + 1;
        }

        return pattern.ToString();
    }

    private static string Group(string inside)
    {
        var colon = inside.IndexOf(':');
        return colon < 0 ? "[^/]+" : $"(?:{inside[(colon + 1)..]})";
    }

    private static int Closing(string template, int open)
    {
        var depth = 0;
        for (var i = open; i < template.Length; i++)
        {
            depth += template[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        throw new EdgeConfigurationException($"'{template}' has a brace that is not closed");
    }
}
