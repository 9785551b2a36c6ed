using System.Text.Json.Nodes;
using Sidecar.EndToEnd.Tests.Proxies;
using Sidecar.TestKit.Corpora;
using Sidecar.TestKit.Wire;

namespace Sidecar.EndToEnd.Tests.Corpora;

/// <summary>
/// The rows of <c>tests/Corpora</c> byte by byte through each proxy to the published outpost. A proxy may refuse or tidy up what it is sent; the rule is what
/// reaches the service: nothing without somebody who may enter, and no identity but the outpost's. A failure names the rows.
/// </summary>
[Trait("Kind", "Slow")]
public sealed class CorporaThroughProxyTests(CorpusSite site) : IClassFixture<CorpusSite>
{
    private const string Callback = "/outpost.goauthentik.io/callback?X-authentik-auth-callback=true";

    public static TheoryData<string> Kinds => [.. ProxyKinds.All];

    /// <summary>One of each make; of Traefik the newest, and one that passes aliases and dots on.</summary>
    public static TheoryData<string> Makes => ["nginx", "caddy", "haproxy", "envoy", "traefik V2_11_42", "traefik V3_7_9"];

    [Fact]
    public async Task The_published_outpost_reads_what_a_proxy_says_as_the_row_says()
    {
        var problems = new List<string>();
        foreach (var row in Corpus.All<ForwardedRow>())
        {
            List<string> lines = [$"GET /outpost.goauthentik.io/auth/{row.Proxy} HTTP/1.1", "Connection: close", .. row.Headers.Select(Fill)];
            if (!row.Headers.Any(header => header.StartsWith("Host:", StringComparison.Ordinal)))
            {
                lines.Add("Host: outpost.internal");
            }

            var answer = await RawClient.SendLinesAsync(site.Outpost.Address, lines);

            // The server itself refuses what is no HTTP, without a reason.
            var said = answer.Status == 200 ? "public-path" : answer.Header("X-Sidecar-Reason") ?? (answer.Status == 400 ? row.Nobody : "");
            if (said != row.Nobody || (answer.Status == 200) != (row.Nobody == "public-path"))
            {
                problems.Add($"{row.Id}: {answer.Status} {said}");
            }
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Theory]
    [MemberData(nameof(Makes))]
    public Task A_cookie_lets_in_whom_it_proves_and_nobody_else(string kind) => RunAsync<CookieRow>(kind, async (row, proxy) =>
        Judge(await ReachAsync(proxy, ["GET /json HTTP/1.1"], Fill(row.Cookie)), row.Enters));

    [Theory]
    [MemberData(nameof(Makes))]
    public Task Only_an_honest_ticket_reaches_the_service(string kind) => RunAsync<TicketRow>(kind, async (row, proxy) =>
    {
        var honest = site.Mint.Payload("app-client", site.Ana.Id, site.Ana.Sessions[0], site.Ana.Revision, CorpusSite.Now, CorpusSite.Now + 3600);
        var filled = row.Claims is { } claims ? row with { Claims = JsonNode.Parse(Fill(claims.ToJsonString()))!.AsObject() } : row;
        var forged = TicketForge.Make(filled, site.Mint, honest, CorpusSite.Now);

        return Judge(await ReachAsync(proxy, ["GET /json HTTP/1.1"], $"{site.Values["n"]}={forged}"), row.Expect == "enters");
    });

    [Theory]
    [MemberData(nameof(Makes))]
    public Task A_credential_lets_in_whom_it_proves_and_nobody_else(string kind) => RunAsync<CredentialRow>(kind, async (row, proxy) =>
        Judge(await ReachAsync(proxy, ["GET /json HTTP/1.1", "Authorization: " + Fill(row.Authorization)], ""), row.Expect == "enters"));

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task A_forged_identity_never_reaches_the_service(string kind) => RunAsync<IdentityHeaderRow>(kind, async (row, proxy) =>
        JudgeTidied(await ReachAsync(proxy, ["GET /json HTTP/1.1", .. row.Headers], site.MembersCookie)));

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task A_forged_address_opens_nothing(string kind) => RunAsync<ClientHeaderRow>(kind, (row, proxy) =>
        WithoutRightsAsync(proxy, ["GET /json HTTP/1.1", .. row.Headers.Select(Fill)]));

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task A_crooked_target_opens_nothing(string kind) => RunAsync<TargetRow>(kind, (row, proxy) => WithoutRightsAsync(proxy, [.. row.Head.Select(Fill)]));

    [Theory]
    [MemberData(nameof(Makes))]
    public Task A_crooked_path_opens_nothing(string kind) => RunAsync<PathRow>(kind, async (row, proxy) =>
        await WithoutRightsAsync(proxy, [$"GET {Fill(row.Path)} HTTP/1.1"])
        ?? JudgeTidied(await ReachAsync(proxy, [$"GET {Fill(row.Path)} HTTP/1.1"], site.MembersCookie)));

    [Theory]
    [MemberData(nameof(Makes))]
    public Task Another_host_opens_nothing(string kind) => RunAsync<HostRow>(kind, (row, proxy) => WithoutRightsAsync(proxy, ["GET /json HTTP/1.1", "Host: " + Fill(row.Host)]));

    // A CONNECT is for a tunnel that none of these proxies opens; some wait for its bytes.
    [Theory]
    [MemberData(nameof(Makes))]
    public Task A_method_opens_nothing(string kind) => RunAsync<MethodRow>(kind, (row, proxy) =>
        row.Method == "CONNECT" ? Task.FromResult<string?>(null) : WithoutRightsAsync(proxy, [$"{Fill(row.Method)} /json HTTP/1.1"]));

    [Theory]
    [MemberData(nameof(Makes))]
    public Task Nobody_is_sent_elsewhere_after_sign_in(string kind) => RunAsync<ReturnUrlRow>(kind, async (row, proxy) =>
    {
        var rd = Uri.EscapeDataString(row.Text.Replace("wiki.example", "app.example.com", StringComparison.Ordinal).Replace("https:", "http:", StringComparison.Ordinal));
        var start = await SendAsync(proxy, [$"GET /outpost.goauthentik.io/start?rd={rd} HTTP/1.1"], "");
        if (start?.Header("Location") is not { } location)
        {
            return start is { Status: 400 } ? null : $"start is {start?.Status}";
        }

        var end = await SendAsync(proxy, [$"GET {Callback}&state={Query(location, "state")} HTTP/1.1"], $"{CookieOf(start)}; {site.MembersCookie}");
        var target = end?.Header("Location");
        return target?.StartsWith("http://app.example.com/", StringComparison.Ordinal) == true ? null : $"leads to {target} ({end?.Status})";
    });

    [Theory]
    [MemberData(nameof(Makes))]
    public Task Only_the_browser_that_began_a_sign_in_ends_it(string kind) => RunAsync<CallbackRow>(kind, async (row, proxy) =>
    {
        // Those need another time, and the link of a question.
        if (row.Query.Contains("{stale}", StringComparison.Ordinal) || row.Query.Contains("{signOut}", StringComparison.Ordinal))
        {
            return null;
        }

        var values = await BeginAsync(proxy);
        List<string> head = [$"{row.Method} {Callback}{Corpus.Fill(row.Query, values)} HTTP/1.1"];
        var answer = await SendAsync(proxy, head, Corpus.Fill(row.Cookie, values), row.Mode);
        var signedIn = answer?.All("Set-Cookie").Any(cookie => cookie.StartsWith(site.Values["n"] + "=ey", StringComparison.Ordinal)) == true;
        return signedIn == (row.Ends == "signs-in") ? null : $"{answer?.Status} {answer?.Header("Location")}";
    });

    private async Task RunAsync<T>(string kind, Func<T, RunningProxy, Task<string?>> problemOf)
        where T : CorpusRow
    {
        var proxy = await site.ProxyAsync(kind);
        var problems = new List<string>();
        foreach (var row in Corpus.All<T>())
        {
            if (await problemOf(row, proxy) is { } problem)
            {
                problems.Add($"{row.Id}: {problem}");
            }
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    /// <summary>Neither somebody who is not signed in nor somebody who may not enter gets to anything but what is open.</summary>
    private async Task<string?> WithoutRightsAsync(RunningProxy proxy, IReadOnlyList<string> head)
    {
        foreach (var cookie in new[] { "", site.StrangersCookie })
        {
            if ((await ReachAsync(proxy, head, cookie)).FirstOrDefault(request => !request.IsOpenToEverybody || !request.IsAnonymous) is { } reached)
            {
                return $"reached {reached}";
            }
        }

        return null;
    }

    private static string? Judge(IReadOnlyList<ReachedRequest> reached, bool enters) =>
        reached.Count == 0 ? enters ? "not reached" : null
        : !enters ? $"reached {reached[0]}"
        : reached is [var one] && one.IsOnly("ana") ? null : $"reached {string.Join(", ", reached)}";

    private static string? JudgeTidied(IReadOnlyList<ReachedRequest> reached) =>
        reached.FirstOrDefault(request => !request.IsOnly("ana") && !(request.IsOpenToEverybody && request.IsAnonymous)) is { } wrong ? $"reached {wrong}" : null;

    private async Task<IReadOnlyList<ReachedRequest>> ReachAsync(RunningProxy proxy, IReadOnlyList<string> head, string cookie)
    {
        await SendAsync(proxy, head, cookie);
        return site.Service.Take();
    }

    private static async Task<RawAnswer?> SendAsync(RunningProxy proxy, IReadOnlyList<string> head, string cookie, string mode = "navigate")
    {
        List<string> lines = [.. head, "Accept: text/html", $"Sec-Fetch-Mode: {mode}"];
        if (!lines.Exists(line => line.StartsWith("Host:", StringComparison.OrdinalIgnoreCase)))
        {
            lines.Insert(1, $"Host: {ProxiedSite.Service.Host}");
        }

        if (!lines.Exists(line => line.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase)))
        {
            lines.Add("Connection: close");
        }

        if (cookie.Length > 0)
        {
            lines.Add($"Cookie: {cookie}");
        }

        try
        {
            return await RawClient.SendLinesAsync(proxy.Address, lines);
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException)
        {
            // Closed without an answer: a refusal too.
            return null;
        }
    }

    private async Task<Dictionary<string, string>> BeginAsync(RunningProxy proxy)
    {
        var (start, planted) = (await StartAsync(proxy), await StartAsync(proxy));
        var cookie = CookieOf(start);
        var value = cookie.IndexOf('=', StringComparison.Ordinal) + 1;
        var dot = cookie.IndexOf('.', value);
        site.Redeem(Query(start.Header("Location")!, "nonce"));
        var state = Query(start.Header("Location")!, "state");
        return new Dictionary<string, string>
        {
            ["own"] = cookie,
            ["ownName"] = cookie[..(value - 1)],
            ["cut"] = cookie.Remove(dot - 1, 1),
            ["hash"] = new string('A', 43),
            ["planted"] = CookieOf(planted),
            ["state"] = state,
            ["stateCut"] = state[..^1],
            ["mail"] = Query(planted.Header("Location")!, "state"),
            ["issuer"] = Uri.EscapeDataString(TestKit.Snapshots.SnapshotBuilder.Provider("app").Issuer),
        };
    }

    private static async Task<RawAnswer> StartAsync(RunningProxy proxy) =>
        await SendAsync(proxy, ["GET /outpost.goauthentik.io/start HTTP/1.1"], "") ?? throw new InvalidOperationException("no start");

    private static string CookieOf(RawAnswer answer) => answer.Header("Set-Cookie")!.Split(';')[0];

    private static string Query(string location, string name) => System.Web.HttpUtility.ParseQueryString(new Uri(location).Query)[name]!;

    private string Fill(string text) => Corpus.Fill(text, site.Values);
}
