using System.Globalization;
using Sidecar.Demo.Edges;
using Sidecar.TestKit.Installations;
using Sidecar.TestKit.Proxies;

namespace Sidecar.Load.Report;

/// <summary>
/// A protected page through nginx and Caddy, with the blocks that administrators copy: with the outpost as auth server, with a static 200, with a static 200
/// that sends identity headers of the same bytes, and with a bare Kestrel that does, which tells what the check costs from what the platform costs.
/// </summary>
internal static class ProxyRows
{
    public const string Outpost = "outpost";
    public const string Static = "static 200";
    public const string StaticWithIdentity = "static 200 with the same headers";

    public static async Task<IReadOnlyList<LoadRow>> MeasureAsync(Action<string> say)
    {
        await using var site = await ReportSite.StartAsync();
        await using var service = await NginxServer.StartAsync(port => Answering(port, "200 \"ok\""));
        await using var plain = await NginxServer.StartAsync(port => Answering(port, "200"));
        var question = new ForwardAuthQuestion(new Uri($"http://{Recipes.Service}/"), "/reports/2026?page=3") { Cookie = site.ProxiedTicket };
        await using var named = await StartNamedAsync(site, question);
        await using var bare = await BareKestrel.StartAsync(site, question, "proxied");
        var contest = new Contest(LoadRow.Proxies, say);
        (string Name, int Process, Uri Address)[] authServers =
        [
            (Outpost, site.Outpost.ProcessId, site.Outpost.Address), (Static, plain.ProcessId, plain.Address), (StaticWithIdentity, named.ProcessId, named.Address),
            (BareKestrel.Name, bare.ProcessId, bare.Address),
        ];
        foreach (var (name, start) in Proxies(service.Address))
        {
            List<ProxyServer> proxies = [];
            foreach (var server in authServers)
            {
                proxies.Add(await start(server.Address));
            }

            await contest.RunAsync(name, [.. authServers.Select((server, i) => new Contender(server.Name, [proxies[i].ProcessId, server.Process], Page(proxies[i]), Headers(site)))]);
            foreach (var proxy in proxies)
            {
                await proxy.DisposeAsync();
            }
        }

        return contest.Rows;
    }

    // Connections to the service are kept: else opening them would hide what the check costs.
    private static Dictionary<string, Func<Uri, Task<ProxyServer>>> Proxies(Uri service) => new()
    {
        ["nginx"] = auth => NginxServer.StartAsync(port => "keepalive_requests 1000000000;\n" + Recipes.Nginx(port, auth, service)
            .Replace($"upstream app {{ server {service.Authority}; }}", $"upstream app {{ server {service.Authority}; keepalive 64; keepalive_requests 1000000000; }}", StringComparison.Ordinal)),
        ["Caddy"] = auth => CaddyServer.StartAsync(port => Recipes.Caddy(port, auth, service)),
    };

    private static async Task<ProxyServer> StartNamedAsync(ReportSite site, ForwardAuthQuestion question)
    {
        var identity = (await question.AskAsync(site.Outpost.Address)).Headers
            .Where(header => header.Key.StartsWith("X-authentik-", StringComparison.OrdinalIgnoreCase))
            .Select(header => $"add_header {header.Key} \"{header.Value[0]}\";");
        return await NginxServer.StartAsync(port => Answering(port, "200", string.Join('\n', identity)));
    }

    private static string Answering(int port, string answer, string headers = "") => $$"""
        keepalive_requests 1000000000;
        large_client_header_buffers 4 32k;
        server { listen 127.0.0.1:{{port}}; location / { {{headers}} return {{answer}}; } }
        """;

    private static Uri Page(ProxyServer proxy) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{proxy.Port}/reports/2026?page=3"));

    private static string[] Headers(ReportSite site) =>
    [
        $"Host: {Recipes.Service}", "Accept: text/html", "Accept-Language: en-GB,en;q=0.9", "Sec-Fetch-Mode: navigate", $"Cookie: theme=dark; {site.ProxiedTicket}",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    ];
}
