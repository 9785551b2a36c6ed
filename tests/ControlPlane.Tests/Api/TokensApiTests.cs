using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

public sealed class TokensApiTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_user_has_tokens_of_their_own_and_sees_no_other(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var ana = await plane.SignedInAsync((await plane.CreateUserAsync("ana")).GetProperty("pk").GetInt32(), "ana-api");
        await plane.SignedInAsync((await plane.CreateUserAsync("ben")).GetProperty("pk").GetInt32(), "ben-api");

        await ana.SentAsync(HttpMethod.Post, "core/tokens/", new { identifier = "ana-app", intent = "app_password" }, 201);
        Assert.Equal(["ana-api", "ana-app"], (await ana.GotAsync("core/tokens/?ordering=identifier")).Texts("identifier"));
        Assert.Equal(["ana-app"], (await ana.GotAsync("core/tokens/?intent=app_password&user__username=ana&search=APP")).Texts("identifier"));
        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Get, "ben-api/"), (HttpMethod.Get, "ben-api/view_key/"), (HttpMethod.Patch, "ben-api/"), (HttpMethod.Delete, "ben-api/")])
        {
            await ana.SentAsync(method, "core/tokens/" + path, method == HttpMethod.Patch ? new { description = "x" } : null, 404);
        }

        await ana.SentAsync(HttpMethod.Delete, "core/tokens/ana-api/", null, 204);
        await ana.GotAsync("core/users/me/", 403);
    }

    [Fact]
    public async Task A_token_that_had_expired_comes_back_with_another_secret_only()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        using var ana = await plane.SignedInAsync((await plane.CreateUserAsync("ana")).GetProperty("pk").GetInt32(), "ana-api");
        await using (var context = plane.Plane.Open())
        {
            (await context.Tokens.SingleAsync(token => token.Identifier == "ana-api", Cancel)).ExpiresAt = Samples.Now.AddMinutes(-1);
            await context.SaveChangesAsync(Cancel);
        }

        await ana.GotAsync("core/users/me/", 403);
        await plane.Admin.SentAsync(HttpMethod.Patch, "core/tokens/ana-api/", new { expires = Samples.Now.AddDays(1) }, 200);
        await ana.GotAsync("core/users/me/", 403);
        using var renewed = plane.ClientOf((await plane.Admin.GotAsync("core/tokens/ana-api/view_key/")).GetProperty("key").GetString());
        await renewed.GotAsync("core/users/me/");

        // Longer before the end is no renewal.
        await plane.Admin.SentAsync(HttpMethod.Patch, "core/tokens/ana-api/", new { expires = Samples.Now.AddDays(2) }, 200);
        await renewed.GotAsync("core/users/me/");
    }

    [Fact]
    public async Task Who_looks_at_a_key_is_written_down()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        await plane.SignedInAsync((await plane.CreateUserAsync("ana")).GetProperty("pk").GetInt32(), "ana-api");

        await using var context = plane.Plane.Open();
        var audit = await context.AuditEvents.SingleAsync(row => row.Action == "secret_view", Cancel);
        Assert.Equal("akadmin", audit.Username);
        Assert.Contains("ana-api", audit.Context.GetRawText(), StringComparison.Ordinal);
        var read = await plane.Admin.GotAsync("core/tokens/ana-api/");
        Assert.False(read.TryGetProperty("key", out _));
    }

    [Fact]
    public async Task A_plain_user_makes_no_token_for_others_none_that_lives_forever_and_none_of_the_flows()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var pk = (await plane.CreateUserAsync("ana")).GetProperty("pk").GetInt32();
        var admin = (await plane.Admin.GotAsync("core/users/me/")).GetProperty("user").GetProperty("pk").GetInt32();
        var ana = await plane.SignedInAsync(pk, "ana-api");

        await ana.RefusedAsync(HttpMethod.Post, "core/tokens/", new { identifier = "x", user = admin }, "user");
        await ana.RefusedAsync(HttpMethod.Post, "core/tokens/", new { identifier = "x", expiring = false }, "expiring");
        await ana.RefusedAsync(HttpMethod.Post, "core/tokens/", new { identifier = "x", intent = "recovery" }, "intent");
        await ana.RefusedAsync(HttpMethod.Patch, "core/tokens/ana-api/", new { user = admin }, "user");
        await ana.RefusedAsync(HttpMethod.Patch, "core/tokens/ana-api/", new { managed = "goauthentik.io/x" }, "managed");
        Assert.Equal(["ana-api"], (await ana.GotAsync("core/tokens/")).Texts("identifier"));
    }

    [Fact]
    public async Task A_value_that_cannot_work_is_refused_by_field()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        await plane.Admin.SentAsync(HttpMethod.Post, "core/tokens/", new { identifier = "taken" }, 201);
        (string Field, string Value)[] wrong =
        [
            ("identifier", "a b"),
            ("identifier", "taken"),
            ("intent", "everything"),
            ("expires", "2001-01-01T00:00:00Z"),
            ("expires", "tomorrow"),
            ("user", "ana"),
        ];
        foreach (var (field, value) in wrong)
        {
            var body = new Dictionary<string, object> { ["identifier"] = "fresh", [field] = value };
            Assert.NotEmpty(await plane.Admin.RefusedAsync(HttpMethod.Post, "core/tokens/", body, field));
        }

        await plane.Admin.GotAsync("core/tokens/fresh/", 404);
    }

    [Fact]
    public async Task A_key_that_could_be_guessed_or_is_taken_is_refused()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        await plane.Admin.SentAsync(HttpMethod.Post, "core/tokens/", new { identifier = "fresh" }, 201);

        await plane.Admin.RefusedAsync(HttpMethod.Post, "core/tokens/fresh/set_key/", new { key = "short" }, "key");
        await plane.Admin.RefusedAsync(HttpMethod.Post, "core/tokens/fresh/set_key/", new { key = ApiPlane.AdminToken }, "key");
        await plane.Admin.RefusedAsync(HttpMethod.Post, "core/tokens/fresh/set_key/", new { }, "key");
    }
}
