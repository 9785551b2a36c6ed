using Sidecar.Demo.Edges;
using Sidecar.TestKit.Wire;

namespace Sidecar.EndToEnd.Tests.Proxies;

/// <summary>What a client may send to deceive a proxy or the outpost behind it.</summary>
[Trait("Kind", "Slow")]
public sealed class AttacksThroughProxyTests(ProxiedSite site)
{
    public static TheoryData<string> Kinds => [.. ProxyKinds.All];

    public static MatrixTheoryData<string, string> ForgedIdentities => new(
        ProxyKinds.All,
        [
            "X-authentik-username: eve", "x-AUTHENTIK-username: eve", "X_authentik_username: eve", "X.authentik.username: eve", "X-authentik_username: eve",
            "X-authentik-groups: eve", "X-authentik-entitlements: eve", "X_authentik-entitlements: eve", "X-authentik-meta-app: eve",
            "Connection: X-authentik-username, close", "Connection: close, X-authentik-username",
            "Connection: Upgrade, X-authentik-username\nUpgrade: websocket\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Connection: upgrade,x-authentik-username,x-authentik-groups\nUpgrade: eve",
        ]);

    public static MatrixTheoryData<string, string> ForgedAddresses => new(
        ProxyKinds.All,
        [
            "X-Forwarded-Host: open.example.com", "X-Forwarded-Host: open.example.com\nX-Forwarded-Uri: /public/x", "X-Forwarded-Uri: /public/x",
            "X-Forwarded-Host: app.example.com\nX-Forwarded-Uri: /public/x", "X_Forwarded_Uri: /public/x", "X.Forwarded.Uri: /public/x",
            "X-Original-URL: http://open.example.com/", "X-Original-URL: http://app.example.com/public/x", "X-Original-URI: /public/x", "X-Rewrite-URL: /public/x",
            "X-Original-URL: http://app.example.com/public/x\nX-Original-URL: http://app.example.com/json", "X-Original-Host: open.example.com",
            "X-Envoy-Original-Path: /public/x", "X-Forwarded-Prefix: /public", "X-Forwarded-Path: /public/x", "X-Replaced-Path: /public/x",
            "Forwarded: for=127.0.0.1;host=open.example.com;proto=http", "X-Forwarded-For: 127.0.0.1", "X-Real-Ip: 127.0.0.1",
            "X-Forwarded-Method: OPTIONS", "X-Original-Method: OPTIONS", "X-HTTP-Method-Override: OPTIONS", "X-Forwarded-Proto: wss",
            "Connection: X-Forwarded-Host, close", "Connection: close, X-Forwarded-Uri, X-Original-URL", "Connection: Cookie, close",
        ]);

    public static MatrixTheoryData<string, string> ForgedTargets => new(
        ProxyKinds.All,
        [
            "GET /public/../json HTTP/1.1", "GET /public/%2e%2e/json HTTP/1.1", "GET /public/..%2fjson HTTP/1.1", "GET /public/..;/json HTTP/1.1",
            "GET /public/..\\json HTTP/1.1", "GET //json HTTP/1.1", "GET /json?/public/ HTTP/1.1", "GET /json?X-authentik-logout=true HTTP/1.1",
            "GET /json?X-authentik-auth-callback=true HTTP/1.1", "GET /json?rd=/public/ HTTP/1.1", "GET /json#/public/ HTTP/1.1",
            "GET /outpost.goauthentik.io/../json HTTP/1.1", "GET /outpost.goauthentik.io/%2e%2e/json HTTP/1.1", "GET /outpost.goauthentik.io%2f..%2fjson HTTP/1.1",
            "GET /outpost.goauthentik.io/auth/envoy/public/../../../../json HTTP/1.1", "GET /OUTPOST.goauthentik.io/json HTTP/1.1",
            "GET /./public/../json HTTP/1.1", "GET /public/%252e%252e/json HTTP/1.1",
            "GET http://app.example.com/json HTTP/1.1\nHost: open.example.com", "GET http://open.example.com/ HTTP/1.1\nHost: app.example.com",
            "GET /json HTTP/1.1\nHost: app.example.com\nHost: open.example.com", "GET /json HTTP/1.1\nHost: open.example.com",
            "GET /json HTTP/1.1\nHost: app.example.com.open.example.com", "GET /json HTTP/1.1\nHost: app.example.com@open.example.com", "GET /json HTTP/1.0\nHost:",
        ]);

    public static MatrixTheoryData<string, string> Checks => new(ProxyKinds.All, ["traefik", "caddy", "nginx", "envoy", "envoy/json"]);

    [Theory]
    [MemberData(nameof(ForgedIdentities))]
    public async Task A_forged_identity_never_reaches_the_service(string kind, string headers)
    {
        var answer = await (await site.ProxyAsync(kind)).SendAsync("GET /json HTTP/1.1", await site.TicketAsync(ProxiedSite.Member), headers.Split('\n'));

        Assert.True(answer.Status is 400 or 403 || IsServedAsMember(answer), $"{answer.Status} {answer.Body}");
    }

    [Theory]
    [MemberData(nameof(ForgedIdentities))]
    public async Task Nor_does_it_where_the_outpost_ignores_identity_headers(string kind, string headers)
    {
        var proxy = await site.IgnoringProxyAsync(kind);

        var answer = await proxy.SendAsync("GET /json HTTP/1.1", await site.TicketAsync(ProxiedSite.Member), headers.Split('\n'));

        Assert.True(answer.Status is 400 or 403 || IsServedAsMember(answer), $"{answer.Status} {answer.Body}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_a_proxy_in_front_says_is_replaced_where_the_outpost_ignores_it(string kind)
    {
        var proxy = await site.IgnoringProxyAsync(kind);
        var forged = IdentityHeaders.Names.Select(name => $"{name}: forged-by-eve").ToArray();

        var member = await proxy.SendAsync("GET /json HTTP/1.1", await site.TicketAsync(ProxiedSite.Member), forged);
        var nobody = await proxy.SendAsync("GET /public/ HTTP/1.1", null, forged);

        Assert.True(IsServedAsMember(member), $"{member.Status} {member.Body}");
        Assert.Equal(200, nobody.Status);
        Assert.DoesNotContain("forged-by-eve", nobody.Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Nobody_is_upgraded_to_anything_but_a_WebSocket(string kind)
    {
        var answer = await (await site.ProxyAsync(kind)).SendAsync(
            "GET /json HTTP/1.1", await site.TicketAsync(ProxiedSite.Member), "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA");

        Assert.Equal(200, answer.Status);
        Assert.Null(SeenByService.Read(answer.Body).Header("Upgrade"));
    }

    [Theory]
    [MemberData(nameof(ForgedAddresses))]
    public async Task A_forged_address_opens_nothing(string kind, string headers)
    {
        var proxy = await site.ProxyAsync(kind);

        foreach (var ticket in new[] { null, await site.TicketAsync(ProxiedSite.Stranger) })
        {
            AssertNotServed(await proxy.SendAsync("GET /json HTTP/1.1", ticket, headers.Split('\n')));
        }
    }

    [Theory]
    [MemberData(nameof(ForgedTargets))]
    public async Task A_crooked_target_opens_nothing(string kind, string head)
    {
        var proxy = await site.ProxyAsync(kind);
        var lines = head.Split('\n');

        foreach (var ticket in new[] { null, await site.TicketAsync(ProxiedSite.Stranger) })
        {
            AssertNotServed(await proxy.SendAsync(lines[0], ticket, lines[1..]));
        }
    }

    [Theory]
    [MemberData(nameof(Checks))]
    public async Task Browsers_do_not_get_at_what_is_answered_to_the_proxy(string kind, string check)
    {
        var proxy = await site.ProxyAsync(kind);

        foreach (var host in new[] { "app.example.com", "auth.example.com" })
        {
            var answer = await proxy.SendAsync(
                $"GET /outpost.goauthentik.io/auth/{check} HTTP/1.1", await site.TicketAsync(ProxiedSite.Member), $"Host: {host}",
                "X-Original-URL: http://app.example.com/json", "X-Forwarded-Host: app.example.com", "X-Forwarded-Uri: /json", "X-Forwarded-Proto: http");

            Assert.True(answer.Status is >= 400 and < 500, $"{answer.Status}");
            Assert.Empty(answer.All("X-authentik-username"));
        }
    }

    private static bool IsServedAsMember(RawAnswer answer)
    {
        if (answer.Status != 200)
        {
            return false;
        }

        var seen = SeenByService.Read(answer.Body);
        return seen.Header("X-authentik-username") == ProxiedSite.Member && seen.Header("X-authentik-groups") == "Staff"
            && !seen.Headers.Any(header => header.Value.Contains("eve", StringComparison.Ordinal) && header.Name != "Upgrade");
    }

    // Caddy answers for hosts that it does not know with 200 and nothing.
    private static void AssertNotServed(RawAnswer answer) => Assert.True(answer.Status is >= 300 and < 500 || answer.Body.Length == 0, $"{answer.Status} {answer.Body}");
}
