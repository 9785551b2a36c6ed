using CsCheck;
using Microsoft.Extensions.Primitives;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Snapshots;

namespace Sidecar.Outpost.Tests.ForwardAuth;

/// <summary>Files of hostile input against the whole request path. The rule behind each: what cannot be read never lets anybody through.</summary>
public sealed class CorpusTests
{
    private static readonly string[] Proxies = ["traefik", "caddy", "nginx", "envoy"];

    [Fact]
    public async Task No_malformed_cookie_is_ever_200()
    {
        // CVE-2026-25748.
        await using var outpost = new OutpostUnderTest();
        var ticket = outpost.TicketFor(outpost.Ana);
        var parts = ticket.Split('.');
        foreach (var line in Corpus.Lines("cookies.txt"))
        {
            var cookie = line.Replace("{n}", OutpostUnderTest.CookieName(), StringComparison.Ordinal).Replace("{t}", ticket, StringComparison.Ordinal)
                .Replace("{h}", parts[0], StringComparison.Ordinal).Replace("{p}", parts[1], StringComparison.Ordinal)
                .Replace("{s}", parts[2], StringComparison.Ordinal);
            foreach (var proxy in Proxies)
            {
                var answer = await outpost.AskAsync(Ask(proxy, "https://wiki.example/").WithCookie(cookie));
                Assert.True(answer.Status == 401, $"{proxy} {line}: {answer.Status}");
                var navigation = await outpost.AskAsync(Ask(proxy, "https://wiki.example/").WithCookie(cookie).Navigating());
                Assert.True(navigation.Status is 401 or 302, $"{proxy} {line}: {navigation.Status}");
            }
        }
    }

    [Fact]
    public async Task No_ticket_with_a_changed_character_is_ever_200()
    {
        await using var outpost = new OutpostUnderTest();
        var ticket = outpost.TicketFor(outpost.Ana);
        await Gen.Select(Gen.Int[0, ticket.Length - 1], Gen.Char['\u0001', '\u00ff']).SampleAsync(
            async (at, with) =>
            {
                if (ticket[at] != with)
                {
                    var changed = string.Concat(ticket.AsSpan(0, at), [with], ticket.AsSpan(at + 1));
                    var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(OutpostUnderTest.CookieName(), changed));
                    // The last character of base64url may hold bits that nobody reads; such a text is the same ticket to the signature.
                    Assert.True(answer.Status == 401 || at == ticket.Length - 1 || ticket[at + 1] == '.', $"{at} {(int)with}: {answer.Status}");
                }
            },
            iter: 400);
    }

    [Fact]
    public async Task A_huge_cookie_is_refused_without_being_parsed()
    {
        await using var outpost = new OutpostUnderTest();

        var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(OutpostUnderTest.CookieName(), new string('a', 64 * 1024)));

        Assert.Equal(401, answer.Status);
    }

    [Fact]
    public async Task What_a_proxy_does_not_say_clearly_is_refused_with_its_reason()
    {
        // peers.md 45, 59, 66, 70, 76; authentik 1.3 and GHSA-5wcc-hf24-rf5h.
        await using var outpost = new OutpostUnderTest(builder => builder.With(WithPublic()));
        foreach (var fields in Corpus.Rows("forwarded.txt"))
        {
            foreach (var cookie in new[] { "", outpost.TicketCookie() })
            {
                var question = new Question("/outpost.goauthentik.io/auth/" + fields[1]).With("Host", "outpost.internal").WithCookie(cookie);
                foreach (var (name, value) in Headers(fields[2]))
                {
                    question.With(name, value);
                }

                var answer = await outpost.AskAsync(question);
                Assert.True(answer.Reason == fields[0], $"{fields[1]} {fields[2]}: {answer.Reason}");
                Assert.Equal(fields[0] != "bad-path" && fields[1] != "nginx" ? 400 : 403, answer.Status);
            }
        }
    }

    [Fact]
    public async Task No_path_that_only_looks_public_is_ever_200()
    {
        await using var outpost = new OutpostUnderTest(builder => builder.With(WithPublic()));
        Assert.Equal(200, (await outpost.AskAsync(Question.Traefik("https://wiki.example/public/x"))).Status);
        foreach (var path in Corpus.Lines("paths.txt"))
        {
            foreach (var proxy in Proxies)
            {
                var answer = await outpost.AskAsync(Ask(proxy, "https://wiki.example" + path));
                Assert.True(answer.Status >= 300, $"{proxy} {path}: {answer.Status}");
            }
        }
    }

    [Theory]
    [InlineData("X-Original-URL", "https://wiki.example/public/")]
    [InlineData("X-Original-URI", "/public/")]
    [InlineData("X-Rewrite-URL", "/public/")]
    [InlineData("X-Forwarded-Prefix", "/public")]
    [InlineData("X-Replaced-Path", "/public/")]
    [InlineData("X_Forwarded_Uri", "/public/")]
    [InlineData("X.Forwarded.Uri", "/public/")]
    [InlineData("x-forwarded-path", "/public/")]
    [InlineData("X-Forwarded-Port", "80")]
    [InlineData("X-Forwarded-Server", "evil")]
    [InlineData("X-Real-Ip", "127.0.0.1")]
    [InlineData("Forwarded", "for=127.0.0.1;host=other.example;proto=http")]
    [InlineData("User-Agent", "ELB-HealthChecker/2.0")]
    [InlineData("User-Agent", "kube-probe/1.30")]
    [InlineData("If-None-Match", "*")]
    [InlineData("Range", "bytes=0-0")]
    [InlineData("Expect", "100-continue")]
    public async Task No_other_header_turns_a_refusal_into_200(string name, string value)
    {
        await using var outpost = new OutpostUnderTest(builder => builder.With(WithPublic()));
        foreach (var proxy in Proxies)
        {
            // Of X-Original-URL nginx sends its own; a client's copy can only come beside it.
            StringValues sent = proxy == "nginx" && name == "X-Original-URL" ? new StringValues([value, "https://wiki.example/admin"]) : value;
            var answer = await outpost.AskAsync(Ask(proxy, "https://wiki.example/admin").With(name, sent));
            Assert.True(answer.Status is 401 or 403, $"{proxy}: {answer.Status}");
        }
    }

    [Theory]
    [InlineData("https://wiki.example/page?X-authentik-auth-callback=true")]
    [InlineData("https://wiki.example/page?X-authentik-logout=true")]
    [InlineData("https://wiki.example/public/?X-authentik-auth-callback=true")]
    [InlineData("https://wiki.example/public/?X-authentik-logout=TRUE")]
    public async Task The_query_signatures_never_end_in_200(string url)
    {
        await using var outpost = new OutpostUnderTest(builder => builder.With(WithPublic()));
        foreach (var proxy in new[] { "traefik", "caddy", "envoy" })
        {
            foreach (var cookie in new[] { "", outpost.TicketCookie() })
            {
                Assert.True((await outpost.AskAsync(Ask(proxy, url).WithCookie(cookie))).Status >= 300);
                Assert.True((await outpost.AskAsync(Ask(proxy, url).WithCookie(cookie).Navigating())).Status >= 300);
            }
        }
    }

    private static IEnumerable<(string Name, StringValues Value)> Headers(string text) =>
        from header in text.Split(" | ", StringSplitOptions.RemoveEmptyEntries)
        let colon = header.IndexOf(':', StringComparison.Ordinal)
        select (header[..colon], new StringValues([.. header[(colon + 1)..].Split(" & ").Select(value => value.Trim(' '))]));

    private static Question Ask(string proxy, string url) => proxy switch
    {
        "traefik" => Question.Traefik(url),
        "caddy" => Question.Caddy(url),
        "nginx" => Question.Nginx(url),
        _ => Question.Envoy(url),
    };

    private static Contracts.Snapshots.ApplicationRecord WithPublic()
    {
        var application = SnapshotBuilder.Application("wiki");
        return application with { Provider = application.Provider with { UnauthenticatedPaths = ["^/public/"] } };
    }
}
