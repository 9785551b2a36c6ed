using System.Text.Json;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

public sealed class UsedByApiTests(PostgresFixture postgres)
{
    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task What_refers_to_an_object_is_named_with_what_becomes_of_it(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var provider = await plane.CreateProviderAsync("wiki");
        var target = await plane.CreateApplicationAsync("wiki", provider);
        var parent = await plane.CreateGroupAsync("staff");
        await plane.CreateGroupAsync("editors", parents: parent);
        await plane.Admin.SentAsync(HttpMethod.Post, "policies/bindings/", new { target, group = parent, order = 0 }, 201);
        var ana = (await plane.CreateUserAsync("ana")).GetProperty("pk").GetInt32();
        await plane.SignedInAsync(ana, "anas-token");

        Assert.Equal(["policybinding cascade"], await UsersAsync(plane, "core/applications/wiki/"));
        Assert.Equal(["group cascade_many", "policybinding set_null"], await UsersAsync(plane, $"core/groups/{parent}/"));
        Assert.Equal(["token cascade"], await UsersAsync(plane, $"core/users/{ana}/"));
        Assert.Equal(["application set_null"], await UsersAsync(plane, $"providers/proxy/{provider}/"));
        Assert.Equal(["application set_null"], await UsersAsync(plane, $"providers/all/{provider}/"));
        Assert.Empty(await UsersAsync(plane, "core/tokens/anas-token/"));
        Assert.Equal(["brand left_dangling", "flowstagebinding cascade"], (await UsersAsync(plane, "flows/instances/default-authentication-flow/")).Distinct());
        await plane.Admin.GotAsync("core/applications/none/used_by/", 404);
    }

    private static async Task<string[]> UsersAsync(ApiPlane plane, string path) =>
        [.. (await plane.Admin.GotAsync(path + "used_by/")).EnumerateArray().Select(TextOf).Order(StringComparer.Ordinal)];

    private static string TextOf(JsonElement user) => $"{user.GetProperty("model_name").GetString()} {user.GetProperty("action").GetString()}";
}
