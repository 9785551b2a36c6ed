using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

public sealed class UsersApiTests(PostgresFixture postgres)
{
    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_user_is_made_found_changed_and_deleted(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var group = await plane.CreateGroupAsync("editors");

        var ana = await plane.CreateUserAsync("Ana", group);
        var pk = ana.GetProperty("pk").GetInt32();
        Assert.Equal("editors", ana.GetProperty("groups_obj")[0].GetProperty("name").GetString());
        Assert.False(ana.GetProperty("is_superuser").GetBoolean());

        var changed = await plane.Admin.SentAsync(HttpMethod.Patch, $"core/users/{pk}/", new { email = "ana@example.com", attributes = new { team = "red" } }, 200);
        Assert.Equal("red", changed.GetProperty("attributes").GetProperty("team").GetString());
        Assert.Equal("Ana", changed.GetProperty("username").GetString());
        Assert.Equal(["Ana"], (await plane.Admin.GotAsync("core/users/?search=ANA")).Texts("username"));
        Assert.Equal(["Ana"], (await plane.Admin.GotAsync($"core/users/?groups_by_pk={group}")).Texts("username"));
        Assert.Equal(["akadmin"], (await plane.Admin.GotAsync("core/users/?is_superuser=true")).Texts("username"));
        Assert.DoesNotContain("password_hash", (await plane.Admin.GotAsync($"core/users/{pk}/")).GetRawText(), StringComparison.Ordinal);

        await plane.Admin.SentAsync(HttpMethod.Delete, $"core/users/{pk}/", null, 204);
        await plane.Admin.GotAsync($"core/users/{pk}/", 404);
    }

    [Fact]
    public async Task A_list_comes_in_pages_that_hold_every_user_once()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        foreach (var number in Enumerable.Range(1, 7))
        {
            await plane.CreateUserAsync($"user{number}");
        }

        var seen = new List<string>();
        for (var page = 1; page != 0;)
        {
            var answer = await plane.Admin.GotAsync($"core/users/?path=users&ordering=-name&page_size=3&page={page}");
            seen.AddRange(answer.Texts("username"));
            Assert.Equal(8, answer.GetProperty("pagination").GetProperty("count").GetInt32());
            Assert.Equal(3, answer.GetProperty("pagination").GetProperty("total_pages").GetInt32());
            page = answer.GetProperty("pagination").GetProperty("next").GetInt32();
        }

        Assert.Equal(["user7", "user6", "user5", "user4", "user3", "user2", "user1", "akadmin"], seen);
        await plane.Admin.GotAsync("core/users/?page=99", 404);
    }

    [Fact]
    public async Task A_filter_that_cannot_be_followed_is_refused_and_not_ignored()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        (string Query, string Field)[] wrong =
        [
            ("usernme=ana", "usernme"),
            ("ordering=shoe_size", "ordering"),
            ("page=0", "page"),
            ("page=x", "page"),
            ("is_active=maybe", "is_active"),
            ("type=robot", "type"),
            ("uuid=7", "uuid"),
        ];
        foreach (var (query, field) in wrong)
        {
            Assert.NotEmpty(await plane.Admin.RefusedAsync(HttpMethod.Get, "core/users/?" + query, null, field));
        }
    }

    [Fact]
    public async Task Every_mistake_of_a_request_is_told_by_field_and_nothing_is_saved()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);

        var answer = await plane.Admin.SentAsync(
            HttpMethod.Post, "core/users/", new { name = 7, email = "no address", type = "robot", groups = new[] { Guid.NewGuid() }, shoe_size = 42, path = "/x" }, 400);

        Assert.Equal(["email", "groups", "name", "path", "shoe_size", "type", "username"], answer.EnumerateObject().Select(field => field.Name));
        await using var context = plane.Plane.Open();
        Assert.False(await context.Users.AnyAsync(user => user.Username == "", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Two_users_cannot_have_names_that_look_the_same()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);

        foreach (var username in (string[])["AKADMIN", "akadmin "])
        {
            Assert.Contains("Another user", await plane.Admin.RefusedAsync(HttpMethod.Post, "core/users/", new { username, name = "x" }, "username"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_attribute_cannot_name_a_header_that_says_who_the_user_is()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        foreach (var header in (string[])["X-authentik-username", "x_authentik_uid", "Set-Cookie"])
        {
            var attributes = new { additionalHeaders = new Dictionary<string, string> { [header] = "root" } };
            var told = await plane.Admin.RefusedAsync(HttpMethod.Post, "core/users/", new { username = "eve", name = "x", attributes }, "attributes");
            Assert.Contains("reserved", told, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_last_administrator_cannot_be_lost_by_any_way()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var admin = (await plane.Admin.GotAsync("core/users/?username=akadmin")).GetProperty("results")[0];
        var pk = admin.GetProperty("pk").GetInt32();
        var group = admin.GetProperty("groups")[0].GetGuid();

        await plane.Admin.RefusedAsync(HttpMethod.Delete, $"core/users/{pk}/", null, "non_field_errors");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, $"core/users/{pk}/", new { is_active = false }, "non_field_errors");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, $"core/users/{pk}/", new { groups = Array.Empty<Guid>() }, "non_field_errors");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, $"core/groups/{group}/", new { is_superuser = false }, "non_field_errors");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, $"core/groups/{group}/", new { users = Array.Empty<int>() }, "non_field_errors");
        await plane.Admin.RefusedAsync(HttpMethod.Post, $"core/groups/{group}/remove_user/", new { pk }, "non_field_errors");
        await plane.Admin.RefusedAsync(HttpMethod.Delete, $"core/groups/{group}/", null, "non_field_errors");

        Assert.True((await plane.Admin.GotAsync("core/users/me/")).GetProperty("user").GetProperty("is_superuser").GetBoolean());
    }

    [Fact]
    public async Task A_new_password_ends_the_sessions_of_who_knew_the_old_one()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var ana = await plane.CreateUserAsync("ana");
        await BrowserSessions.BeginAsync(plane, "ana");
        await using var context = plane.Plane.Open();

        await plane.Admin.SentAsync(HttpMethod.Post, $"core/users/{ana.GetProperty("pk")}/set_password/", new { password = "another long one" }, 204);

        Assert.False(await context.Sessions.AsNoTracking().AnyAsync(TestContext.Current.CancellationToken));
        var user = await context.Users.AsNoTracking().SingleAsync(user => user.Username == "ana", TestContext.Current.CancellationToken);
        Assert.True(PasswordHasher.Verify(user.PasswordHash, "another long one"));
    }

    [Fact]
    public async Task The_sessions_of_a_disabled_user_are_over_even_when_the_user_is_enabled_again()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var ana = $"core/users/{(await plane.CreateUserAsync("ana")).GetProperty("pk")}/";
        await BrowserSessions.BeginAsync(plane, "ana");

        await plane.Admin.SentAsync(HttpMethod.Patch, ana, new { is_active = false }, 200);
        await plane.Admin.SentAsync(HttpMethod.Patch, ana, new { is_active = true }, 200);

        await using var context = plane.Plane.Open();
        Assert.False(await context.Sessions.AnyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_body_that_can_be_read_in_two_ways_or_in_none_is_refused()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);

        foreach (var body in (string[])["{\"username\": \"a\", \"username\": \"b\", \"name\": \"c\"}", "[]", "{", ""])
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var response = await plane.Admin.PostAsync(new Uri("core/users/", UriKind.Relative), content, TestContext.Current.CancellationToken);
            Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
        }
    }
}
