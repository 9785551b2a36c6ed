using System.Globalization;
using System.Text.RegularExpressions;

namespace Sidecar.Outpost.Tests.Harness;

/// <summary>A data file of cases: one a line, <c>#</c> for remarks, <c>\xNN</c> for one character.</summary>
internal static partial class Corpus
{
    public static IEnumerable<string> Lines(string file) => Raw(file).Select(Unescape);

    /// <summary>Lines of fields with a tab between them; a tab inside of one is written <c>\x09</c>.</summary>
    public static IEnumerable<string[]> Rows(string file) => Raw(file).Select(line => line.Split('\t').Select(Unescape).ToArray());

    private static IEnumerable<string> Raw(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Corpora", file))
            .Where(line => line.Length > 0 && !line.StartsWith("# ", StringComparison.Ordinal));

    private static string Unescape(string line) => Escapes().Replace(
        line, match => ((char)byte.Parse(match.Groups[1].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString());

    [GeneratedRegex(@"\\x([0-9a-f]{2})")]
    private static partial Regex Escapes();
}
