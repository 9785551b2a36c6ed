using Microsoft.AspNetCore.WebUtilities;
using Sidecar.ControlPlane.Browsers;

namespace Sidecar.ControlPlane.Flows.Runs;

/// <summary>The query of a flow's address.</summary>
/// <param name="Text">As it came, without the question mark.</param>
/// <param name="Next">Where to go afterwards; null when it is missing or leads away from this server.</param>
/// <param name="Run">The run that another part of the product started.</param>
/// <param name="Sealed">What another part of the product started and nothing is stored of yet; see <see cref="SealedStarts"/>.</param>
internal sealed record FlowQuery(string Text, string? Next, Guid? Run, string? Sealed = null)
{
    /// <summary>authentik's name of the secret in a mailed link.</summary>
    public const string LinkKey = "flow_token";

    public const string RunKey = "run";
    public const string NextKey = "next";

    private const int MaxLength = 8192;

    /// <summary>The secret of a link that was mailed or handed over; see <see cref="Links.MailedLink"/>.</summary>
    public string? Link { get; init; }

    public static FlowQuery Parse(string? text)
    {
        var query = (text ?? "").TrimStart('?');
        if (query.Length > MaxLength)
        {
            return new FlowQuery("", null, null);
        }

        var values = QueryHelpers.ParseQuery(query);
        var next = LocalPath.Check(Single(NextKey));
        var link = Single(LinkKey) is { Length: > 0 } secret ? secret : null;
        return Guid.TryParse(Single(RunKey), out var run) ? new FlowQuery(query, next, run) { Link = link } : new FlowQuery(query, next, null, Single(RunKey)) { Link = link };

        // Two of a kind: whoever reads the first and whoever reads the last would disagree.
        string? Single(string key) => values.TryGetValue(key, out var found) && found.Count == 1 ? found[0] : null;
    }
}
