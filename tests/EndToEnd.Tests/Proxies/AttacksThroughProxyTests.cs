using Sidecar.Demo.Edges;
using Sidecar.TestKit.Corpora;
using Sidecar.TestKit.Wire;

namespace Sidecar.EndToEnd.Tests.Proxies;

/// <summary>What a client may do to a proxy that is no row of a corpus; those are in <c>Corpora/</c>.</summary>
[Trait("Kind", "Slow")]
public sealed class AttacksThroughProxyTests(ProxiedSite site)
{
    public static TheoryData<string> Kinds => [.. ProxyKinds.All];

    public static MatrixTheoryData<string, string> ForgedIdentities => new(ProxyKinds.All, [.. Corpus.Ids<IdentityHeaderRow>()]);

    public static MatrixTheoryData<string, string> Checks => new(ProxyKinds.All, ["traefik", "caddy", "nginx", "envoy", "envoy/json"]);

    [Theory]
    [MemberData(nameof(ForgedIdentities))]
    public async Task A_forged_identity_never_reaches_the_service_where_the_outpost_ignores_identity_headers(string kind, string id)
    {
        var proxy = await site.IgnoringProxyAsync(kind);

        var answer = await proxy.SendAsync("GET /json HTTP/1.1", await site.TicketAsync(ProxiedSite.Member), Corpus.Row<IdentityHeaderRow>(id).Headers);

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
            && !seen.Headers.Any(header => header.Value.Contains("eve", StringComparison.Ordinal) && IsReadAsIdentity(header.Name));
    }

    // Services on CGI and the like fold what is no letter or digit.
    private static bool IsReadAsIdentity(string name) =>
        string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')).StartsWith("x_authentik_", StringComparison.OrdinalIgnoreCase);
}
