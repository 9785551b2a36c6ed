using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Sidecar.EndToEnd.Tests.Outposts;

/// <summary>What an operator's Prometheus and load balancer read from the published outpost.</summary>
[Trait("Kind", "Slow")]
public sealed partial class MetricsTests(MetricsFixture fixture) : IClassFixture<MetricsFixture>
{
    private const int Strangers = 10_000;

    // Of one application and one outpost: nothing here grows with what strangers send.
    private const int MostSeries = 300;

    private static readonly HttpClient Client = new();

    private readonly OutpostScene _scene = fixture.Scene;

    [Fact]
    public async Task Authentiks_names_stand_beside_our_own()
    {
        await OutpostScene.Question(_scene.Cookie).AskAsync(_scene.Outpost.Address);
        await OutpostScene.Question(null).AskAsync(_scene.Outpost.Address);

        var series = await SeriesAsync();
        while (One(series, "authentik_outpost_connection{") == 0)
        {
            // On a busy machine the stream is opened a moment after the first decision.
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
            series = await SeriesAsync();
        }

        Assert.Equal(1, One(series, "authentik_outpost_info{", "outpost_name=\"test outpost\"", "outpost_type=\"proxy\"", $"uuid=\"{_scene.Plane.OutpostId}\"", "version=\""));
        Assert.InRange(One(series, "authentik_outpost_last_update{"), 1_700_000_000, 4_000_000_000);
        Assert.True(One(series, "authentik_outpost_proxy_request_duration_seconds_count{", "method=\"GET\"", "host=\"wiki.example\"", "type=\"app\"") > 0);
        Assert.True(One(series, "sidecar_decisions_total{", "verdict=\"allow\"", "reason=\"no-bindings\"") > 0);
        Assert.True(One(series, "sidecar_decisions_total{", "verdict=\"sign-in\"", "reason=\"not-signed-in\"") > 0);
        Assert.Equal(_scene.Plane.Snapshot!.Revision, One(series, "sidecar_snapshot_revision"));
        Assert.InRange(One(series, "sidecar_snapshot_age_seconds"), 0, 3600);
        Assert.InRange(One(series, "sidecar_contact_age_seconds"), 0, 60);
        Assert.Equal(1, One(series, "sidecar_snapshot_applications"));
    }

    [Fact]
    public async Task Latency_is_told_from_a_microsecond_on_in_buckets_that_add_up()
    {
        await OutpostScene.Question(_scene.Cookie).AskAsync(_scene.Outpost.Address);

        var series = await SeriesAsync();
        var buckets = series.Where(line => line.Name.StartsWith("sidecar_decision_duration_seconds_bucket{", StringComparison.Ordinal)).ToList();

        Assert.Contains("le=\"1E-06\"", buckets[0].Name, StringComparison.Ordinal);
        Assert.Contains("le=\"+Inf\"", buckets[^1].Name, StringComparison.Ordinal);
        Assert.Equal(buckets.Select(bucket => bucket.Value).Order(), buckets.Select(bucket => bucket.Value));
        Assert.Equal(buckets[^1].Value, One(series, "sidecar_decision_duration_seconds_count"));
    }

    [Fact]
    public async Task What_strangers_send_makes_no_series()
    {
        await Parallel.ForAsync(0, Strangers, TestContext.Current.CancellationToken, async (i, _) =>
        {
            var question = new TestKit.Installations.ForwardAuthQuestion(new Uri($"https://{Guid.NewGuid():N}.example"), "/" + Guid.NewGuid())
            {
                IsNavigation = false,
                Method = "M" + i.ToString(CultureInfo.InvariantCulture),
            };
            Assert.Equal(HttpStatusCode.BadRequest, (await question.AskAsync(_scene.Outpost.Address)).Status);
        });

        var series = await SeriesAsync();

        Assert.True(One(series, "sidecar_decisions_total{", "reason=\"unknown-host\"") >= Strangers);
        Assert.InRange(series.Count, 1, MostSeries);
    }

    [Fact]
    public async Task Every_line_is_of_the_text_format_and_every_series_has_its_type()
    {
        var text = await Client.GetStringAsync(_scene.Outpost.Metrics, TestContext.Current.CancellationToken);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.All(lines, line => Assert.Matches(FormatLine(), line));
        Assert.Empty(lines.Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)).GroupBy(line => line).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_is_on_the_metrics_listener_and_metrics_on_no_other()
    {
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(new Uri(_scene.Outpost.Metrics, "/outpost.goauthentik.io/ping")));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(new Uri(_scene.Outpost.Metrics, "/-/health/ready/")));
        Assert.NotEqual(HttpStatusCode.OK, await StatusAsync(new Uri(_scene.Outpost.Address, "/metrics")));
    }

    [Fact]
    public async Task An_outpost_without_a_snapshot_says_so_to_whoever_asks_for_its_health()
    {
        await using var plane = await TestKit.Channel.FakeControlPlane.StartAsync();
        await using var outpost = await TestKit.Installations.StandAloneOutpost.StartAsync(plane.Address, plane.Token);

        using var answer = await Client.GetAsync(new Uri(outpost.Metrics, "/-/health/ready/"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.StartsWith("no-snapshot: ", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(Uri address)
    {
        using var answer = await Client.GetAsync(address, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private async Task<List<(string Name, double Value)>> SeriesAsync() =>
    [
        .. from line in (await Client.GetStringAsync(_scene.Outpost.Metrics, TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
           where !line.StartsWith('#')
           let end = line.LastIndexOf(' ')
           select (line[..end], line[(end + 1)..] == "+Inf" ? double.PositiveInfinity : double.Parse(line[(end + 1)..], CultureInfo.InvariantCulture)),
    ];

    private static double One(List<(string Name, double Value)> series, string start, params string[] labels) =>
        Assert.Single(series, line => line.Name.StartsWith(start, StringComparison.Ordinal) && labels.All(label => line.Name.Contains(label, StringComparison.Ordinal))).Value;

    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z_]+="([^"\\]|\\.)*",?)+\})? (\+Inf|[0-9.E+-]+))$""")]
    private static partial Regex FormatLine();
}
