using System.Globalization;
using System.Text;
using Sidecar.Load.Mixed;
using Sidecar.Load.Report;

namespace Sidecar.Load.Rendering;

/// <summary>What the repository's README says of the load, between two markers.</summary>
internal static class ReadmeSection
{
    private const string Begin = "<!-- load: made from bench/Baselines/*.json; `dotnet run -c Release --project bench/Load -- report --readme` writes it anew -->";
    private const string End = "<!-- load: end -->";

    /// <summary>The document with the section as the results give it.</summary>
    public static string In(string document, LoadResult load, MixedResult mixed)
    {
        var (from, to) = (document.IndexOf(Begin, StringComparison.Ordinal), document.IndexOf(End, StringComparison.Ordinal));
        return from < 0 || to < from
            ? throw new InvalidOperationException($"the README has no place for the section: {Begin} and {End}")
            : document[..(from + Begin.Length)] + "\n" + Of(load, mixed) + document[to..];
    }

    private static string Of(LoadResult load, MixedResult mixed)
    {
        var aims = Aim.Of(load).ToArray();
        var text = new StringBuilder("""
            An authenticated check beside bare Kestrel AOT on byte-identical requests and answers of the same bytes; a page through a proxy beside the same proxy with a static 200 as auth server (processor time of both programs):

            | ratio | CPU, 1 connection | CPU, 32 | p50, 1 | p50, 32 | aim |
            |---|---|---|---|---|---|

            """);
        foreach (var pair in aims.GroupBy(aim => (aim.Group[0].Part, aim.Group[0].Case)))
        {
            var (one, many) = (pair.First(), pair.Last());
            text.Append(CultureInfo.InvariantCulture, $"| {NameOf(one)} | {one.Cpu:0.00} | {many.Cpu:0.00} | {one.P50:0.00} | {many.P50:0.00} | {(one.IsProxied ? "CPU and p50" : "CPU")} {one.Most:0.00}: {Judged(one, many)} |\n");
        }

        var grown = mixed.Memory.Where(pair => !Growth.Of(pair.Value).IsFlat).Select(pair => pair.Key).ToArray();
        text.Append(CultureInfo.InvariantCulture, $"""

            {mixed.Minutes:0.#} minutes of mixed load, {mixed.Changes.Values.Sum() / (mixed.Minutes * 60):0.0} changes a second: {mixed.Checks} checks, {mixed.Judged} of which had one right answer; {Number(mixed.Failures)} failed, {Number(mixed.Wrong)} wrong more than a second after a change{(mixed.Wrong == 0 ? "" : " (**missed**)")}. Memory: {(grown.Length == 0 ? "flat" : $"**grew** in {string.Join(", ", grown)}")} ({string.Join(", ", mixed.Memory.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {Growth.Of(pair.Value).Early:0} → {Growth.Of(pair.Value).Late:0} MB")))}).
            All numbers, machine and commands: [load](bench/Baselines/load.md), [mixed load](bench/Baselines/mixed.md).

            """);
        return text.ToString();
    }

    private static string NameOf(Aim aim) => aim.Group[0].Part switch
    {
        LoadRow.Direct => $"HTTP/1.1, {aim.Group[0].Case}",
        LoadRow.H2 => $"HTTPS with HTTP/2, {aim.Group[0].Case}",
        _ => $"through {aim.Group[0].Case}",
    };

    private static string Judged(Aim one, Aim many) => (one.IsMet, many.IsMet) switch
    {
        (true, true) => "met",
        (false, false) => "**missed**",
        (true, false) => "**missed** with 32",
        _ => "**missed** with 1",
    };

    private static string Number(long count) => count == 0 ? "none" : count.ToString(CultureInfo.InvariantCulture);
}
