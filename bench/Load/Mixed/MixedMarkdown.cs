using System.Globalization;
using System.Text;

namespace Sidecar.Load.Mixed;

/// <summary><c>bench/Baselines/mixed.md</c>.</summary>
internal static class MixedMarkdown
{
    public static string Of(MixedResult result)
    {
        var text = new StringBuilder("# Half an hour of mixed load\n\n");
        var changes = result.Changes.Values.Sum();
        text.Append(CultureInfo.InvariantCulture, $"""
            Made from `mixed.json`. `{result.Command}`, {result.Date}: {result.Machine}; other builds and measurements ran beside it.

            People sign in, and ask an outpost of its own process with tickets and app passwords (bearer and basic), some of which were taken back; meanwhile the API changes who may do what. Each answer is held against what the state
            allows, worked out apart from the product. Until a second after the API's answer to a change the old and the new are right for whom it touches.

            | what | seen |
            |---|---|
            | minutes | {result.Minutes:0.#} |
            | checks | {result.Checks}, {result.WithCredential} of them with an app password |
            | for which one answer alone was right | {result.Judged} |
            | failures: 5xx, 429, no answer, no ticket (the aim is none) | {result.Failures} |
            | answers that were wrong more than a second after the change (the aim is none) | {result.Wrong} |
            | answers by status | {string.Join(", ", result.Statuses.Select(pair => $"{pair.Key}: {pair.Value}"))} |
            | p50, p99, p99.9 as the client saw it | {result.P50Milliseconds:0.0} ms, {result.P99Milliseconds:0.0} ms, {result.P999Milliseconds:0.0} ms |
            | sign-ins | {result.SignIns} |
            | changes | {changes}, {changes / (result.Minutes * 60):0.0} a second |

            ![Resident memory](mixed.svg)

            | resident memory, MB | second sixth | last sixth | ratio | flat (at most 1.1) |
            |---|---|---|---|---|

            """);
        foreach (var (name, samples) in result.Memory)
        {
            var growth = Growth.Of(samples);
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {growth.Early:0} | {growth.Late:0} | {growth.Ratio:0.00} | {(growth.IsFlat ? "yes" : "**no**")} |\n");
        }

        if (result.Wrong + result.Failures > 0)
        {
            text.Append("\nThe first answers that were wrong or failed:\n\n");
            foreach (var wrong in result.WrongTexts)
            {
                text.Append(CultureInfo.InvariantCulture, $"- {wrong}\n");
            }
        }

        if (result.Remarks is { } remarks)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{remarks}\n");
        }

        text.Append("\n| change | times |\n|---|---|\n");
        foreach (var (name, times) in result.Changes.OrderByDescending(pair => pair.Value))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {times} |\n");
        }

        return text.ToString();
    }
}
