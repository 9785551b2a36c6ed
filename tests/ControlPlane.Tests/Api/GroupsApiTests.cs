using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

public sealed class GroupsApiTests(PostgresFixture postgres)
{
    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_user_is_put_into_a_group_and_taken_out(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var group = await plane.CreateGroupAsync("editors");
        var pk = (await plane.CreateUserAsync("ana")).GetProperty("pk").GetInt32();

        await plane.Admin.SentAsync(HttpMethod.Post, $"core/groups/{group}/add_user/", new { pk }, 204);
        await plane.Admin.SentAsync(HttpMethod.Post, $"core/groups/{group}/add_user/", new { pk }, 204);
        var answer = await plane.Admin.GotAsync($"core/groups/{group}/?include_parents=true&include_children=true");
        Assert.Equal("ana", answer.GetProperty("users_obj")[0].GetProperty("username").GetString());
        Assert.Equal(["editors"], (await plane.Admin.GotAsync("core/groups/?members_by_username=ana")).Texts("name"));

        await plane.Admin.SentAsync(HttpMethod.Post, $"core/groups/{group}/remove_user/", new { pk }, 204);
        Assert.Empty((await plane.Admin.GotAsync($"core/groups/{group}/")).GetProperty("users").EnumerateArray());
        await plane.Admin.SentAsync(HttpMethod.Post, $"core/groups/{group}/add_user/", new { pk = 99_999 }, 404);
    }

    [Fact]
    public async Task A_name_that_would_forge_a_membership_or_is_taken_is_refused()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);

        foreach (var name in (string[])["a|b", "a\nb", "a\rb", "", "authentik Admins"])
        {
            Assert.NotEmpty(await plane.Admin.RefusedAsync(HttpMethod.Post, "core/groups/", new { name }, "name"));
        }
    }

    [Fact]
    public async Task A_group_never_lies_in_itself()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var top = await plane.CreateGroupAsync("top");
        var middle = await plane.CreateGroupAsync("middle", parents: top);
        var low = await plane.CreateGroupAsync("low", parents: middle);

        Assert.Contains("itself", await plane.Admin.RefusedAsync(HttpMethod.Patch, $"core/groups/{top}/", new { parents = new[] { low } }, "parents"), StringComparison.Ordinal);
        await plane.Admin.RefusedAsync(HttpMethod.Patch, $"core/groups/{top}/", new { parents = new[] { top } }, "parents");
    }

    [Fact]
    public async Task Who_is_in_a_group_below_a_superuser_group_is_a_superuser()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var top = await plane.CreateGroupAsync("top", super: true);
        var low = await plane.CreateGroupAsync("low", parents: await plane.CreateGroupAsync("middle", parents: top));

        var ana = await plane.CreateUserAsync("ana", low);

        Assert.True(ana.GetProperty("is_superuser").GetBoolean());
        var client = await plane.SignedInAsync(ana.GetProperty("pk").GetInt32(), "ana-token");
        await client.GotAsync("core/users/");
        await plane.Admin.SentAsync(HttpMethod.Patch, $"core/groups/{top}/", new { is_superuser = false }, 200);
        await client.GotAsync("core/users/", 403);
    }

    [Fact]
    public async Task An_application_stays_closed_when_the_only_group_that_it_admits_is_deleted()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var group = await plane.CreateGroupAsync("editors");
        var target = await plane.CreateApplicationAsync("wiki");
        await plane.Admin.SentAsync(HttpMethod.Post, "policies/bindings/", new { target, group, order = 0 }, 201);

        await plane.Admin.SentAsync(HttpMethod.Delete, $"core/groups/{group}/", null, 204);

        Assert.False((await plane.Admin.GotAsync("core/applications/wiki/check_access/")).GetProperty("passing").GetBoolean());
    }
}
