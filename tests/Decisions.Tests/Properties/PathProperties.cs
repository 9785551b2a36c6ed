using System.Text.RegularExpressions;
using CsCheck;

namespace Sidecar.Decisions.Tests.Properties;

public sealed class PathProperties
{
    private static readonly string[] Pieces =
        ["/", "//", ".", "..", "a", "b", "public", "%2e", "%2F", "%5c", "%61", "%20", "%C3%BC", "%25", "%00", "%zz", "%", ";", "%3b", "\\", "é", "admin", ".css"];

    private static readonly Gen<string> AnyPath = Gen.OneOf(Pieces).Array[0, 8].Select(pieces => "/" + string.Concat(pieces));

    private static readonly CompiledApplication App = Given.Compiled(Given.App(paths: ["^/public", "/a$", @"\.css$", "^/(a|b)+/[^a]"])).Applications[0];

    [Fact]
    public void Normalising_twice_is_normalising_once() => AnyPath.Sample(path =>
    {
        if (Normalize(path) is { } once)
        {
            Assert.Equal(once, Normalize(Encode(once)));
        }
    }, iter: 5000);

    [Fact]
    public void A_normalised_path_has_nothing_left_to_read_twice() => AnyPath.Sample(path =>
    {
        if (Normalize(path) is { } normal)
        {
            Assert.StartsWith("/", normal, StringComparison.Ordinal);
            Assert.False(normal.Contains("//", StringComparison.Ordinal) || normal.AsSpan().ContainsAny("%;?#\\"), normal);
            Assert.DoesNotContain(normal.Split('/'), segment => segment is "." or "..");
            Assert.Equal(Regex.Replace(Uri.UnescapeDataString(path), "/+", "/"), normal);
        }
    }, iter: 5000);

    [Fact]
    public void What_is_public_is_public_for_the_plain_spelling_too() => AnyPath.Sample(path =>
        !IsPublic(path) || (Normalize(path) is { } normal && IsPublic(Encode(normal))), iter: 5000);

    [Fact]
    public void No_query_and_no_fragment_opens_a_path() =>
        Gen.Select(AnyPath, Gen.OneOf("?", "#", "%3F", "%23"), AnyPath).Sample((path, mark, rest) => !IsPublic(path + mark + rest), iter: 5000);

    [Fact]
    public void No_way_to_climb_is_let_through() =>
        Gen.Select(AnyPath, Gen.OneOf("/..", "/.", "/%2e%2e", "/.%2E", "%2f..", "\\..", "%5C%2e"), Gen.OneOf("", "/", "%2F", "\\", ";x/", "?"), AnyPath)
            .Sample((before, dots, end, after) =>
                end.Length == 0
                    ? DecisionEngine.Decide(App, before + dots, null).Verdict == Verdict.Deny
                    : DecisionEngine.Decide(App, before + dots + end + after[1..], null).Verdict == Verdict.Deny, iter: 5000);

    [Fact]
    public void No_text_at_all_makes_a_decision_throw() =>
        Gen.Char[(char)0, (char)0x17F].Array[0, 20].Sample(path => { DecisionEngine.Decide(App, path, null); }, iter: 5000);

    private static bool IsPublic(string path) => DecisionEngine.Decide(App, path, null).Verdict == Verdict.Allow;

    private static string Encode(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static string? Normalize(string path)
    {
        var destination = new char[path.Length];
        return PathNormalizer.Normalize(path, destination, out var written) == PathFault.None ? new string(destination, 0, written) : null;
    }
}
