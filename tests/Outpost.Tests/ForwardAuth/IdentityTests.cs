using System.Text.Json.Nodes;
using Sidecar.Contracts.Principals;
using Sidecar.Contracts.Snapshots;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Snapshots;
using Sidecar.TestKit.Tickets;

namespace Sidecar.Outpost.Tests.ForwardAuth;

public sealed class IdentityTests
{
    [Fact]
    public async Task No_control_character_leaves_in_a_header_whatever_a_directory_holds()
    {
        // authentik 6.4, 10.
        var answer = await AskAsync(ana => ana with { Name = "A\r\nX-Admin: true\0\u007f\u0001B", Username = "\tana\n", Email = "a\rb" });

        Assert.Equal("AX-Admin: trueB", answer.Headers["X-authentik-name"]);
        Assert.Equal("ana", answer.Headers["X-authentik-username"]);
        Assert.Equal("ab", answer.Headers["X-authentik-email"]);
    }

    [Fact]
    public async Task A_name_cannot_forge_membership()
    {
        // authentik 6.4, 7.
        var bad = new GroupRecord { Id = Guid.NewGuid(), Name = "users|admins" };
        await using var outpost = new OutpostUnderTest(builder => builder.With(bad).With(SnapshotBuilder.Application("wiki")));
        var application = SnapshotBuilder.Application("wiki").Id;
        outpost.ChangeAna(ana => ana with
        {
            Groups = [OutpostUnderTest.Staff.Id, bad.Id],
            Entitlements = new Dictionary<Guid, IReadOnlyList<string>> { [application] = ["read", "a|b", "c\r\nd", "write"], [Guid.NewGuid()] = ["other"] },
        });

        var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(outpost.TicketCookie()));

        Assert.Equal("Staff", answer.Headers["X-authentik-groups"]);
        Assert.Equal("read|write", answer.Headers["X-authentik-entitlements"]);
    }

    [Theory]
    [InlineData("""{"X-Foo": "\ud800"}""")]
    [InlineData("""{"X-\udc00": "bar"}""")]
    [InlineData("""["X-Foo"]""")]
    [InlineData("""{"X-Foo": """)]
    public async Task Additional_headers_that_cannot_be_read_lock_nobody_out(string headers)
    {
        var answer = await AskAsync(ana => ana with { Attributes = new Dictionary<string, string> { ["additionalHeaders"] = headers } });

        Assert.Equal(200, answer.Status);
        Assert.Equal("ana", answer.Headers["X-authentik-username"]);
        Assert.False(answer.Headers.ContainsKey("X-Foo"));
    }

    [Fact]
    public async Task Additional_headers_are_added_and_never_replace_an_identity_header_or_the_answer_itself()
    {
        // authentik 6.4, 5.
        var headers = new JsonObject
        {
            ["X-Foo"] = "bar",
            ["X-Count"] = 3,
            ["X-authentik-username"] = "admin",
            ["x_AUTHENTIK.groups"] = "admins",
            ["Content-Length"] = "5",
            ["Transfer-Encoding"] = "chunked",
            ["Set-Cookie"] = "a=b",
            ["Location"] = "https://evil.example/",
            ["X-Forwarded-Uri"] = "/",
            ["bad name"] = "x",
            ["X-Line\r\nX-Other"] = "x",
            ["X-Value"] = "a\r\nX-Injected: b",
        };
        var answer = await AskAsync(ana => ana with { Attributes = new Dictionary<string, string> { ["additionalHeaders"] = headers.ToJsonString() } });

        Assert.Equal(200, answer.Status);
        Assert.Equal("bar", answer.Headers["X-Foo"]);
        Assert.Equal("3", answer.Headers["X-Count"]);
        Assert.Equal("aX-Injected: b", answer.Headers["X-Value"]);
        Assert.Equal("ana", answer.Headers["X-authentik-username"]);
        Assert.Equal("Staff", answer.Headers["X-authentik-groups"]);
        Assert.Equal(0, answer.Headers.ContentLength);
        Assert.All(
            ["x_AUTHENTIK.groups", "Transfer-Encoding", "Set-Cookie", "Location", "X-Forwarded-Uri", "bad name"],
            name => Assert.False(answer.Headers.ContainsKey(name), name));
        Assert.All(answer.Headers, header => Assert.DoesNotContain('\n', header.Key + header.Value));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("")]
    public async Task Broken_additional_headers_cost_only_themselves(string attribute)
    {
        var answer = await AskAsync(ana => ana with { Attributes = new Dictionary<string, string> { ["additionalHeaders"] = attribute } });

        Assert.Equal(200, answer.Status);
        Assert.Equal("ana", answer.Headers["X-authentik-username"]);
    }

    [Theory]
    [InlineData("foo", "bar", "Basic Zm9vOmJhcg==")]
    [InlineData(null, "bar", "Basic YW5hQGV4YW1wbGUuY29tOmJhcg==")]
    [InlineData("foo", null, "")]
    [InlineData("foo", "", "")]
    [InlineData("f:oo", "bar", "")]
    public async Task Basic_authentication_for_the_application_comes_from_two_attributes(string? user, string? password, string expected)
    {
        var attributes = new Dictionary<string, string>();
        _ = user is not null && attributes.TryAdd("u", user);
        _ = password is not null && attributes.TryAdd("p", password);
        var answer = await AskAsync(
            ana => ana with { Attributes = attributes },
            provider => provider with { BasicAuthEnabled = true, BasicAuthUserAttribute = "u", BasicAuthPasswordAttribute = "p" });

        Assert.Equal(expected, answer.Headers.Authorization.ToString());
    }

    [Fact]
    public async Task An_application_that_must_not_see_the_ticket_gets_its_cookies_without_it()
    {
        var application = SnapshotBuilder.Application("wiki");
        await using var outpost = new OutpostUnderTest(builder =>
            builder.With(application with { Provider = application.Provider with { HideTicket = true } }));
        var name = OutpostUnderTest.CookieName();

        var answer = await outpost.AskAsync(
            Question.Traefik("https://wiki.example/").WithCookie($"a=1; {outpost.TicketCookie()};{name}_signin=x ; b=2;{name} =y;{name}"));

        Assert.Equal(200, answer.Status);
        Assert.Equal("a=1; b=2", answer.Headers.Cookie);
    }

    [Fact]
    public async Task The_assertion_is_for_the_application_signed_by_the_outpost_and_no_ticket()
    {
        var answer = await AskAsync(ana => ana);
        var assertion = answer.Headers["X-authentik-jwt"].ToString();
        var payload = Jws.Payload(assertion);

        Assert.Equal("sidecar-assertion+jwt", (string?)Jws.Header(assertion)["typ"]);
        Assert.Equal("ES256", (string?)Jws.Header(assertion)["alg"]);
        Assert.Equal("https://auth.example/application/o/wiki/", (string?)payload["iss"]);
        Assert.Equal("wiki-client", (string?)payload["aud"]);
        Assert.Equal("uid-of-ana", (string?)payload["sub"]);
        Assert.Equal("ana", (string?)payload["preferred_username"]);
        Assert.Equal("ana Müller", (string?)payload["name"]);
        Assert.Equal("Staff", (string?)payload["groups"]![0]);
        Assert.Equal(300, (long)payload["exp"]! - (long)payload["iat"]!);
        Assert.NotNull(payload["sid"]);
    }

    [Fact]
    public async Task The_assertion_is_an_ES256_signature_of_the_published_key()
    {
        await using var outpost = new OutpostUnderTest();
        var answer = await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(outpost.TicketCookie()));
        var parts = answer.Headers["X-authentik-jwt"].ToString().Split('.');
        var key = outpost.Get<Outpost.Assertions.AssertionKey>();

        Assert.Equal(key.Kid, (string?)Jws.Header(answer.Headers["X-authentik-jwt"].ToString())["kid"]);
        Assert.True(Contracts.Signing.EcKeys.TryImport(key.Public)!.VerifyData(
            System.Text.Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
            System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]),
            System.Security.Cryptography.HashAlgorithmName.SHA256));
    }

    [Fact]
    public async Task An_assertion_is_kept_renewed_before_its_end_and_never_sent_after_it()
    {
        await using var outpost = new OutpostUnderTest();
        var cookie = outpost.TicketCookie();
        async Task<string> JwtAsync() =>
            (await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(cookie))).Headers["X-authentik-jwt"].ToString();

        var first = await JwtAsync();
        outpost.Time.Advance(TimeSpan.FromSeconds(200));
        Assert.Equal(first, await JwtAsync());

        outpost.Time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(first, await JwtAsync());
        var renewed = first;
        for (var i = 0; i < 500 && renewed == first; i++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
            renewed = await JwtAsync();
        }

        Assert.NotEqual(first, renewed);

        outpost.Time.Advance(TimeSpan.FromSeconds(400));
        var later = await JwtAsync();
        Assert.True((long)Jws.Payload(later)["exp"]! > outpost.Now);
    }

    [Fact]
    public async Task An_application_that_wants_no_assertion_gets_an_empty_header()
    {
        var answer = await AskAsync(ana => ana, provider => provider with { SendAssertion = false });

        Assert.True(answer.Headers.ContainsKey("X-authentik-jwt"));
        Assert.Equal("", answer.Headers["X-authentik-jwt"]);
    }

    [Fact]
    public void Nginx_has_a_smaller_budget_unless_one_is_set()
    {
        var provider = SnapshotBuilder.Provider("wiki");
        var nginx = Outpost.ForwardAuth.Dialects.Dialect.Nginx;

        Assert.Equal(4096, IdentityBudget.For(nginx, provider));
        Assert.Equal(8000, IdentityBudget.For(nginx, provider with { IdentityBudgetBytes = 8000 }));
        Assert.Equal(16384, IdentityBudget.For(Outpost.ForwardAuth.Dialects.Dialect.Traefik, provider));
    }

    private static async Task<Answer> AskAsync(Func<Principal, Principal> change, Func<ProviderRecord, ProviderRecord>? provider = null)
    {
        var application = SnapshotBuilder.Application("wiki");
        await using var outpost = new OutpostUnderTest(builder =>
            builder.With(application with { Provider = provider?.Invoke(application.Provider) ?? application.Provider }));
        outpost.ChangeAna(change);
        return await outpost.AskAsync(Question.Traefik("https://wiki.example/").WithCookie(outpost.TicketCookie()));
    }
}
