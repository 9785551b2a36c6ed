using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sidecar.TestKit.Corpora;
using Sidecar.TestKit.Processes;

namespace Sidecar.Contracts.Tests.Sources;

/// <summary>Keeps the table in <c>tests/README.md</c> true: what it names exists, and no flaw is missing.</summary>
public sealed partial class FlawMapTests
{
    /// <summary>The rows of the list of other systems' flaws that are an outpost's.</summary>
    private const int Flaws = 95;

    private static readonly string Tests = Path.Combine(Repository.Root, "tests");
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Tests, "README.md"));

    [Fact]
    public void Every_test_that_is_named_exists()
    {
        var missing = Lines.SelectMany(line => Cited().Matches(line)).Select(cited => (File: cited.Groups["file"].Value, Test: cited.Groups["test"].Value)).Distinct()
            .Where(cited => !Exists(cited.File, cited.Test));

        Assert.Empty(missing);
    }

    [Fact]
    public void Every_flaw_has_its_row_and_every_row_says_something()
    {
        var rows = Rows();

        Assert.Equal(Enumerable.Range(1, Flaws).Select(id => id.ToString(CultureInfo.InvariantCulture)), rows.Keys.Where(id => char.IsAsciiDigit(id[0])));
        Assert.All(rows, row => Assert.True(Cited().IsMatch(row.Value) || row.Value.Contains("does not apply", StringComparison.OrdinalIgnoreCase) || row.Value.Contains("later", StringComparison.OrdinalIgnoreCase), row.Key));
    }

    [Fact]
    public void Every_row_of_a_corpus_has_a_name_a_reason_and_a_source_that_the_table_knows()
    {
        var rows = Rows();
        foreach (var file in Directory.EnumerateFiles(Corpus.Folder, "*.jsonl"))
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var row in File.ReadLines(file).Select(line => JsonNode.Parse(line)!))
            {
                var (id, source) = ((string)row["id"]!, (string)row["source"]!);
                Assert.True(seen.Add(id) && Name().IsMatch(id), $"{file}: {id}");
                Assert.True(source.Length > 0 && ((string)row["why"]!).Length > 0, $"{file}: {id}");
                Assert.True(Peer().Match(source) is not { Success: true } peer || int.Parse(peer.Groups[1].ValueSpan, CultureInfo.InvariantCulture) > Flaws || rows.ContainsKey(peer.Groups[1].Value), $"{file}: {id} {source}");
            }
        }
    }

    private static Dictionary<string, string> Rows() =>
        Lines.Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Where(cells => cells.Length >= 5 && Id().IsMatch(cells[1])).ToDictionary(cells => cells[1], cells => cells[3]);

    private static bool Exists(string file, string test)
    {
        var path = Path.Combine(Tests, file + ".cs");
        return File.Exists(path) && Regex.IsMatch(File.ReadAllText(path), $@"\[(?:Fact|Theory)\b[\s\S]*?\bpublic (?:async )?\w[\w<>]* {Regex.Escape(test)}\(");
    }

    [GeneratedRegex(@"`(?<file>[A-Za-z]+\.Tests/[\w/]+)\.(?<test>\w+)`")]
    private static partial Regex Cited();

    // 17, or a2 of authentik's advisories, or w3 of its weak points.
    [GeneratedRegex("^(?:[0-9]+|[aw][0-9]+)$")]
    private static partial Regex Id();

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]*$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^peers\.md ([0-9]+)$")]
    private static partial Regex Peer();
}
