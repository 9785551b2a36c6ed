using CsCheck;
using Microsoft.AspNetCore.Http;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.ForwardAuth.Dialects;
using Sidecar.Outpost.Tests.Harness;

namespace Sidecar.Outpost.Tests.ForwardAuth;

public sealed class SpoofGuardTests
{
    // Every character that RFC 9110 section 5.6.2 allows in a name and that is no letter or digit.
    private static readonly Gen<char> Separator = Gen.OneOf("!#$%&'*+-.^_`|~".ToCharArray());

    [Fact]
    public void Every_spelling_of_every_identity_header_is_a_twin()
    {
        Gen.Select(Gen.OneOf(IdentityHeaders.All), Separator.Array[8], Gen.Bool.Array[40]).Sample((name, separators, upper) =>
        {
            var next = 0;
            var twin = string.Concat(name.Select((c, i) =>
                c == '-' ? separators[next++ % separators.Length] : upper[i % upper.Length] ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c)));
            Assert.True(SpoofGuard.IsTwin(twin), twin);
        });
    }

    [Theory]
    [InlineData("X-authentik")]
    [InlineData("X-authentik-")]
    [InlineData("X-authentik-user")]
    [InlineData("X-authentik-usernames")]
    [InlineData("Xauthentik-username")]
    [InlineData("X--authentik-username")]
    [InlineData("Authorization")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("")]
    public void Other_names_are_not(string name) => Assert.False(SpoofGuard.IsTwin(name));

    [Fact]
    public async Task A_client_that_sends_one_is_refused_everywhere_with_one_reason_and_the_log_names_it()
    {
        await using var outpost = new OutpostUnderTest();
        foreach (var question in new Func<Question>[]
        {
            () => Question.Traefik("https://wiki.example/"), () => Question.Caddy("https://wiki.example/"),
            () => Question.Nginx("https://wiki.example/"), () => Question.Envoy("https://wiki.example/"),
        })
        {
            foreach (var name in new[] { "X-Authentik-Username", "X_authentik_groups", "x.AUTHENTIK.jwt", "X-authentik-meta_version" })
            {
                var answer = await outpost.AskAsync(question().WithCookie(outpost.TicketCookie()).With(name, "admin"));
                Assert.Equal(403, answer.Status);
                Assert.Equal("spoofed-header", answer.Reason);
                Assert.Contains(
                    outpost.Log.GetSnapshot(clear: true),
                    record => record.Message.Contains(name, StringComparison.Ordinal) && record.Message.Contains("SIDECAR_IDENTITY_HEADERS=ignore", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task Where_they_are_to_be_ignored_the_answer_holds_who_is_really_there()
    {
        await using var outpost = Ignoring();
        var question = Question.Traefik("https://wiki.example/").WithCookie(outpost.TicketCookie());
        foreach (var name in IdentityHeaders.All)
        {
            question.With(name.ToUpperInvariant(), "eve");
        }

        var answer = await outpost.AskAsync(question);

        Assert.Equal(200, answer.Status);
        Assert.Equal("ana", answer.Headers["X-authentik-username"].ToString());
        Assert.All(IdentityHeaders.All, name => Assert.NotEqual("eve", answer.Headers[name].ToString()));
    }

    [Fact]
    public async Task Where_they_are_to_be_ignored_they_still_let_nobody_in()
    {
        await using var outpost = Ignoring();

        Assert.Equal(401, (await outpost.AskAsync(Question.Traefik("https://wiki.example/").With("X-authentik-username", "ana"))).Status);
    }

    [Theory]
    [InlineData("X_authentik_username")]
    [InlineData("x.authentik-groups")]
    [InlineData("X-authentik-meta_version")]
    public async Task Another_spelling_is_refused_even_where_they_are_to_be_ignored(string name)
    {
        await using var outpost = Ignoring();

        var answer = await outpost.AskAsync(
            Question.Traefik("https://wiki.example/").WithCookie(outpost.TicketCookie()).With("X-authentik-username", "ana").With(name, "admin"));

        Assert.Equal((403, "spoofed-header"), (answer.Status, answer.Reason));
    }

    [Fact]
    public async Task What_is_ignored_is_told_once_a_minute_and_counted()
    {
        await using var outpost = Ignoring();

        for (var i = 0; i < 5; i++)
        {
            await outpost.AskAsync(Question.Traefik("https://wiki.example/").With("X-authentik-uid", "x"));
        }

        outpost.Time.Advance(TimeSpan.FromMinutes(1));
        await outpost.AskAsync(Question.Traefik("https://wiki.example/").With("X-authentik-uid", "x"));

        Assert.Equal(
            ["1 requests", "5 requests"],
            outpost.Log.GetSnapshot().Where(record => record.Id.Id == 2009).Select(record => record.Message.Split(": ")[1][..10]));
    }

    [Fact]
    public void Looks_at_headers_without_allocating()
    {
        var headers = new HeaderDictionary { ["Host"] = "a", ["Cookie"] = "b", ["X-Forwarded-Host"] = "c", ["X-authentik-name"] = "d" };
        Find(headers);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Find(headers);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static OutpostUnderTest Ignoring() => new(adjust: options => options with { IdentityHeaders = IdentityHeaderRule.Ignore });

    private static void Find(HeaderDictionary given)
    {
        using var headers = RequestHeaders.Of(given);
        Assert.Null(SpoofGuard.Find(headers, IdentityHeaderRule.Ignore, out var ignored));
        Assert.NotNull(ignored);
    }
}
