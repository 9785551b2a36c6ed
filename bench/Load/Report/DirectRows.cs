using System.Globalization;
using Sidecar.TestKit.Installations;
using Sidecar.TestKit.Processes;
using Sidecar.TestKit.Proxies;

namespace Sidecar.Load.Report;

/// <summary>The outpost beside a bare Kestrel that receives byte-identical requests and answers headers of the same bytes, and beside nginx's <c>return 200</c>.</summary>
internal static class DirectRows
{
    public const string Outpost = "outpost";
    public const string Nginx = "nginx `return 200`";

    private const string CheckPath = "outpost.goauthentik.io/auth/traefik";

    /// <param name="part"><see cref="LoadRow.Direct"/>, which is HTTP/1.1, or <see cref="LoadRow.H2"/>, which is HTTPS with HTTP/2.</param>
    /// <param name="say">Told of each row.</param>
    public static async Task<IReadOnlyList<LoadRow>> MeasureAsync(string part, Action<string> say)
    {
        await using var site = await ReportSite.StartAsync();
        var contest = new Contest(part, say);
        await ContendAsync(contest, "cookie", site, site.Cookie, part == LoadRow.H2);
        await ContendAsync(contest, "bearer", site, site.Bearer, part == LoadRow.H2);
        return contest.Rows;
    }

    private static async Task ContendAsync(Contest contest, string name, ReportSite site, ForwardAuthQuestion question, bool secure)
    {
        var headers = question.Headers.Select(header => $"{header.Key}: {header.Value}").ToArray();
        var nginxSecurePort = FreePort.Next();
        await using var bare = await BareKestrel.StartAsync(site, question, name);
        await using var nginx = await NginxServer.StartAsync(port => StaticNginx(port, nginxSecurePort, site.Tls));
        await contest.RunAsync(
            name,
            new Contender(Outpost, [site.Outpost.ProcessId], new Uri(secure ? site.Outpost.SecureAddress : site.Outpost.Address, CheckPath), headers),
            new Contender(BareKestrel.Name, [bare.ProcessId], new Uri(secure ? bare.SecureAddress : bare.Address, CheckPath), headers),
            new Contender(Nginx, [nginx.ProcessId], new Uri(secure ? Loopback(nginxSecurePort) : nginx.Address, CheckPath), headers));
    }

    private static Uri Loopback(int port) => new(string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{port}/"));

    private static string StaticNginx(int port, int securePort, TlsFiles tls) => $$"""
        keepalive_requests 1000000000;
        large_client_header_buffers 4 32k;
        ssl_certificate {{tls.Certificate}};
        ssl_certificate_key {{tls.Key}};
        ssl_protocols TLSv1.2 TLSv1.3;
        server {
            listen 127.0.0.1:{{port}};
            listen 127.0.0.1:{{securePort}} ssl http2;
            location / { return 200; }
        }
        """;
}
