using System.Globalization;
using System.Text;
using Sidecar.Decisions;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.Hosting;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Snapshots;

namespace Sidecar.Outpost.Telemetry;

/// <summary>Everything that is counted, in Prometheus' text format (0.0.4), under authentik's names where it has one.</summary>
internal sealed class MetricsText(
    OutpostMetrics metrics, ServingHolder serving, SnapshotReceiver snapshots, PrincipalTable principals, ContactClock clock, ChannelState channel, TimeProvider time)
{
    public string Write()
    {
        var text = new StringBuilder(16 * 1024);
        WriteOutpost(text);
        WriteDecisions(text);
        WriteRequests(text);
        foreach (var series in metrics.Registered)
        {
            Single(text, series.Name, series.Type, series.Help, series.Read());
        }

        return text.ToString();
    }

    private void WriteOutpost(StringBuilder text)
    {
        var current = serving.Current;
        var outpost = $"outpost_name=\"{Escape(current?.Trust.OutpostName ?? "")}\",outpost_type=\"proxy\",uuid=\"{current?.Trust.OutpostId ?? Guid.Empty}\"";
        var info = $"{{{outpost},version=\"{OutpostVersion.Text}\",build=\"\"}}";
        var age = clock.Age == TimeSpan.MaxValue ? double.PositiveInfinity : clock.Age.TotalSeconds;
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        Labelled(text, "authentik_outpost_info", "gauge", "Outpost info.", info, 1);
        Labelled(text, "authentik_outpost_last_update", "gauge", "Time of the last contact, Unix seconds.", info, double.IsInfinity(age) ? 0 : now - age);
        Labelled(text, "authentik_outpost_connection", "gauge", "Whether the stream of changes is up.", $"{{{outpost}}}", channel.IsStreaming ? 1 : 0);
        Single(text, "sidecar_contact_age_seconds", "gauge", "Time since the control plane was last heard.", age);
        Single(text, "sidecar_stale", "gauge", "Whether decisions are refused because the last contact is too old.", clock.IsStale(strict: false) ? 1 : 0);
        Single(text, "sidecar_snapshot_revision", "gauge", "Revision of the snapshot in force.", current?.Compiled.Source.Revision ?? 0);
        Single(text, "sidecar_snapshot_age_seconds", "gauge", "Time since the snapshot in force was built.", current is null ? double.PositiveInfinity : clock.ControlPlaneUnixSeconds - current.Compiled.Source.BuiltAt);
        Single(text, "sidecar_snapshot_applications", "gauge", "Applications in the snapshot in force.", current?.Compiled.Applications.Count ?? 0);
        Single(text, "sidecar_snapshots_refused_total", "counter", "Snapshots refused.", snapshots.Refusals);
        Single(text, "sidecar_changes_applied", "gauge", "Number of the last change that is applied.", channel.Applied);
        Single(text, "sidecar_principals", "gauge", "Principals held.", principals.Count);
    }

    private void WriteDecisions(StringBuilder text)
    {
        Head(text, "sidecar_decisions_total", "counter", "Answers by verdict and reason.");
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            foreach (var reason in Enum.GetValues<Reason>())
            {
                if (metrics.Decisions.CountOf(verdict, reason) is var count and > 0)
                {
                    Line(text, "sidecar_decisions_total", $"{{verdict=\"{NameOf(verdict)}\",reason=\"{Reasons.IdOf(reason)}\"}}", count);
                }
            }
        }

        Head(text, "sidecar_decision_duration_seconds", "histogram", "Time to an answer.");
        Buckets(text, "sidecar_decision_duration_seconds", "", metrics.Decisions.Latency);
    }

    private void WriteRequests(StringBuilder text)
    {
        const string Name = "authentik_outpost_proxy_request_duration_seconds";
        var outpost = Escape(serving.Current?.Trust.OutpostName ?? "");
        Head(text, Name, "histogram", "Time of requests to this outpost.");
        foreach (var (host, method, kind, times) in metrics.Requests.All)
        {
            Buckets(text, Name, $"outpost_name=\"{outpost}\",method=\"{method}\",host=\"{Escape(host)}\",type=\"{kind}\"", times);
        }
    }

    private static void Buckets(StringBuilder text, string name, string labels, Histogram histogram)
    {
        var (counts, sum) = histogram.Read();
        var before = labels.Length == 0 ? "" : labels + ",";
        var total = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            var bound = i < Histogram.Bounds.Length ? Number(Histogram.Bounds[i]) : "+Inf";
            Line(text, name + "_bucket", $"{{{before}le=\"{bound}\"}}", total);
        }

        var all = labels.Length == 0 ? "" : $"{{{labels}}}";
        Line(text, name + "_sum", all, sum);
        Line(text, name + "_count", all, total);
    }

    private static void Single(StringBuilder text, string name, string type, string help, double value) => Labelled(text, name, type, help, "", value);

    private static void Labelled(StringBuilder text, string name, string type, string help, string labels, double value)
    {
        Head(text, name, type, help);
        Line(text, name, labels, value);
    }

    private static void Head(StringBuilder text, string name, string type, string help) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels).Append(' ').Append(Number(value)).Append('\n');

    private static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string NameOf(Verdict verdict) => verdict switch { Verdict.Allow => "allow", Verdict.SignIn => "sign-in", _ => "deny" };

    private static string Escape(string label) =>
        label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
