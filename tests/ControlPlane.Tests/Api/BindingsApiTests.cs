using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

public sealed class BindingsApiTests(PostgresFixture postgres)
{
    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_binding_is_made_found_changed_and_deleted(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var target = await plane.CreateApplicationAsync("wiki");
        var group = await plane.CreateGroupAsync("editors");
        var user = (await plane.CreateUserAsync("ana")).GetProperty("pk").GetInt32();
        var first = await plane.Admin.SentAsync(HttpMethod.Post, "policies/bindings/", new { target, group, order = 2, negate = true }, 201);
        await plane.Admin.SentAsync(HttpMethod.Post, "policies/bindings/", new { target, user, order = 1, timeout = 5, failure_result = true }, 201);

        var list = await plane.Admin.GotAsync($"policies/bindings/?target={target}&ordering=order&enabled=true&policy__isnull=true");
        Assert.Equal(["1", "2"], list.Texts("order"));
        Assert.Equal("ana", list.GetProperty("results")[0].GetProperty("user_obj").GetProperty("username").GetString());
        Assert.Equal(["2"], (await plane.Admin.GotAsync($"policies/bindings/?search=editors&target_in={target}")).Texts("order"));
        var path = $"policies/bindings/{first.GetProperty("pk").GetGuid()}/";
        var changed = await plane.Admin.SentAsync(HttpMethod.Put, path, new { target, user, group = (Guid?)null, order = 3, enabled = false }, 200);
        Assert.Equal(user, changed.GetProperty("user").GetInt32());
        Assert.False(changed.GetProperty("enabled").GetBoolean());
        await plane.Admin.SentAsync(HttpMethod.Delete, path, null, 204);
        await plane.Admin.GotAsync(path, 404);
    }

    [Fact]
    public async Task A_binding_names_one_subject_and_a_target_that_exist()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var target = await plane.CreateApplicationAsync("wiki");
        var group = await plane.CreateGroupAsync("editors");
        var user = (await plane.CreateUserAsync("ana")).GetProperty("pk").GetInt32();
        (object Body, string Field)[] wrong =
        [
            (new { target, order = 0 }, "non_field_errors"),
            (new { target, user, group, order = 0 }, "non_field_errors"),
            (new { target, user = 4711, order = 0 }, "user"),
            (new { target, group = Guid.NewGuid(), order = 0 }, "group"),
            (new { target, policy = Guid.NewGuid(), order = 0 }, "policy"),
            (new { target = Guid.NewGuid(), group, order = 0 }, "target"),
            (new { target, group }, "order"),
            (new { target, group, order = "first" }, "order"),
            (new { target, group, order = 0, timeout = -1 }, "timeout"),
            (new { group, order = 0 }, "target"),
        ];

        foreach (var (body, field) in wrong)
        {
            Assert.NotEmpty(await plane.Admin.RefusedAsync(HttpMethod.Post, "policies/bindings/", body, field));
        }

        Assert.Empty((await plane.Admin.GotAsync($"policies/bindings/?target={target}")).Texts("pk"));
    }
}
