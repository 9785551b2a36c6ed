using System.Text.Json;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

public sealed class ServiceAccountsApiTests(PostgresFixture postgres)
{
    [Fact]
    public async Task An_account_for_a_machine_comes_with_its_app_password_and_its_group()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);

        var made = await plane.Admin.SentAsync(HttpMethod.Post, "core/users/service_account/", new { name = "Back Up", create_group = true }, 200);

        var user = await plane.Admin.GotAsync($"core/users/{made.GetProperty("user_pk").GetInt32()}/");
        Assert.Equal(("Back Up", "service_account"), (user.GetProperty("username").GetString(), user.GetProperty("type").GetString()));
        Assert.Equal(made.GetProperty("group_pk").GetString(), Assert.Single(user.GetProperty("groups").EnumerateArray()).GetString());
        var token = await plane.Admin.GotAsync("core/tokens/service-account-back-up-password/");
        Assert.Equal(("app_password", true), (token.GetProperty("intent").GetString(), token.GetProperty("expiring").GetBoolean()));
        Assert.InRange(token.GetProperty("expires").GetDateTimeOffset(), Samples.Now.AddDays(359), Samples.Now.AddDays(361));
        Assert.Equal(made.GetProperty("token").GetString(), (await plane.Admin.GotAsync("core/tokens/service-account-back-up-password/view_key/")).GetProperty("key").GetString());
    }

    [Fact]
    public async Task It_may_never_expire_and_takes_nobodys_name()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        await plane.CreateUserAsync("ana");

        var made = await plane.Admin.SentAsync(HttpMethod.Post, "core/users/service_account/", new { name = "robot", expiring = false }, 200);

        Assert.False(made.TryGetProperty("group_pk", out _));
        Assert.Equal(JsonValueKind.Null, (await plane.Admin.GotAsync("core/tokens/service-account-robot-password/")).GetProperty("expires").ValueKind);
        await plane.Admin.RefusedAsync(HttpMethod.Post, "core/users/service_account/", new { name = "ANA" }, "name");
        await plane.Admin.RefusedAsync(HttpMethod.Post, "core/users/service_account/", new { name = "" }, "name");
        await plane.Admin.RefusedAsync(HttpMethod.Post, "core/users/service_account/", new { name = "a|b", create_group = true }, "name");
        Assert.Empty((await plane.Admin.GotAsync("core/groups/?name=robot")).GetProperty("results").EnumerateArray());
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Users_and_groups_are_found_by_their_attributes(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        foreach (var (username, attributes) in new (string, object)[]
        {
            ("ana", new { team = "red", desk = new { floor = 3 } }), ("bob", new { team = "blue", desk = new { floor = 3 } }), ("cy", new { team = "Red" }),
        })
        {
            await plane.Admin.SentAsync(HttpMethod.Post, "core/users/", new { username, name = username, attributes }, 201);
            await plane.Admin.SentAsync(HttpMethod.Post, "core/groups/", new { name = username, attributes }, 201);
        }

        Assert.Equal(["ana"], await FindAsync(plane, """{"team": "red"}"""));
        Assert.Equal(["ana", "bob"], await FindAsync(plane, """{"desk__floor": 3}"""));
        Assert.Equal(["bob"], await FindAsync(plane, """{"desk": {"floor": 3}, "team": "blue"}"""));
        Assert.Empty(await FindAsync(plane, """{"desk__floor": "3"}"""));
        foreach (var wrong in (string[])["red", "[1]", """{"team__icontains": "re"}"""])
        {
            await plane.Admin.RefusedAsync(HttpMethod.Get, "core/users/?attributes=" + Uri.EscapeDataString(wrong), null, "attributes");
        }
    }

    private static async Task<string[]> FindAsync(ApiPlane plane, string attributes)
    {
        var filter = "attributes=" + Uri.EscapeDataString(attributes);
        var users = (await plane.Admin.GotAsync("core/users/?ordering=username&" + filter)).Texts("username");
        Assert.Equal(users, (await plane.Admin.GotAsync("core/groups/?ordering=name&" + filter)).Texts("name"));
        return users;
    }
}
