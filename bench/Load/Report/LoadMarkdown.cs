using System.Globalization;
using System.Text;

namespace Sidecar.Load.Report;

/// <summary><c>bench/Baselines/load.md</c>.</summary>
internal static class LoadMarkdown
{
    public static string Of(LoadResult result)
    {
        var text = new StringBuilder("""
            # The load report

            Made from `load.json`. Medians over the rounds, in each of which all servers of a group were driven in turn; ratios are to the second server of the group, and hold within the group alone.
            Processor time is user and system time from the operating system's accounting; load generator and servers share the cores, so latency and requests a second say how they shared them.

            ![Processor time a request](load.svg)

            ## Against the aims

            The aims: at most 1.15 × the processor time of bare Kestrel AOT on byte-identical requests and answers of the same bytes, and through nginx at most 1.1 × the processor time and the p50 of a static 200 as auth server. Caddy is held to the same. Ratios count as they are printed, to two places.

            | | CPU ratio | p50 ratio | aim |
            |---|---|---|---|

            """);
        foreach (var aim in Aim.Of(result))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {aim.Text} | {aim.Cpu:0.00} | {(aim.IsProxied ? aim.P50.ToString("0.00", CultureInfo.InvariantCulture) : "")} | {aim.Most:0.00}: {(aim.IsMet ? "met" : "**missed**")} |\n");
        }

        foreach (var part in result.Parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {LoadTable.TitleOf(part.Name)}\n\n`{part.Command}`, {part.Date}, {part.Rounds} rounds of {part.Seconds} s: {part.Machine}.\n\n");
            text.Append(LoadTable.Of(LoadTable.Groups(result).Where(group => group[0].Part == part.Name)));
        }

        return text.ToString();
    }
}
