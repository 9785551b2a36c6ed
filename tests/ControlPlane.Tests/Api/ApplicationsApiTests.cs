using System.Text.Json;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

public sealed class ApplicationsApiTests(PostgresFixture postgres)
{
    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task An_application_is_made_found_changed_and_deleted(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var provider = await plane.CreateProviderAsync("wiki");
        await plane.CreateApplicationAsync("wiki", provider);
        await plane.CreateApplicationAsync("docs");

        Assert.Equal(["docs", "wiki"], (await plane.Admin.GotAsync("core/applications/?superuser_full_list=true&ordering=slug")).Texts("slug"));
        Assert.Equal(["wiki"], (await plane.Admin.GotAsync("core/applications/?search=WIK&only_with_launch_url=true")).Texts("slug"));
        var changed = await plane.Admin.SentAsync(
            HttpMethod.Patch, "core/applications/wiki/", new { slug = "book", policy_engine_mode = "all", meta_launch_url = "https://wiki.example.com/start", open_in_new_tab = true }, 200);
        Assert.Equal("https://wiki.example.com/start", changed.GetProperty("launch_url").GetString());
        Assert.Equal("all", changed.GetProperty("policy_engine_mode").GetString());
        await plane.Admin.GotAsync("core/applications/wiki/", 404);

        await plane.Admin.SentAsync(HttpMethod.Delete, "core/applications/book/", null, 204);
        Assert.Equal(JsonValueKind.Null, (await plane.Admin.GotAsync($"providers/proxy/{provider}/")).GetProperty("assigned_application_slug").ValueKind);
    }

    [Fact]
    public async Task Who_may_not_enter_an_application_cannot_tell_it_from_one_that_is_not_there()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var group = await plane.CreateGroupAsync("editors");
        var target = await plane.CreateApplicationAsync("secret");
        await plane.Admin.SentAsync(HttpMethod.Post, "policies/bindings/", new { target, group, order = 0 }, 201);
        await plane.CreateApplicationAsync("open");
        var ana = await plane.SignedInAsync((await plane.CreateUserAsync("ana")).GetProperty("pk").GetInt32(), "ana");

        Assert.Equal(["open"], (await ana.GotAsync("core/applications/")).Texts("slug"));
        Assert.Equal(["open"], (await ana.GotAsync("core/applications/?superuser_full_list=true")).Texts("slug"));
        Assert.Equal(
            (await ana.GotAsync("core/applications/none/check_access/", 404)).GetRawText(), (await ana.GotAsync("core/applications/secret/check_access/", 404)).GetRawText());
        Assert.True((await ana.GotAsync("core/applications/open/check_access/")).GetProperty("passing").GetBoolean());
    }

    [Fact]
    public async Task Every_mistake_of_a_request_is_told_by_field_and_nothing_is_saved()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        await plane.CreateApplicationAsync("wiki", await plane.CreateProviderAsync("wiki"));

        var answer = await plane.Admin.SentAsync(
            HttpMethod.Post, "core/applications/",
            new { name = "", slug = "wi/ki", provider = 4711, meta_launch_url = "javascript:alert(1)", policy_engine_mode = "some", backchannel_providers = new[] { 1 } }, 400);

        Assert.Equal(
            ["backchannel_providers", "meta_launch_url", "name", "policy_engine_mode", "provider", "slug"], answer.EnumerateObject().Select(field => field.Name));
        Assert.Equal(["wiki"], (await plane.Admin.GotAsync("core/applications/?superuser_full_list=true")).Texts("slug"));
    }

    [Fact]
    public async Task A_slug_or_a_provider_belongs_to_one_application()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var provider = await plane.CreateProviderAsync("wiki");
        await plane.CreateApplicationAsync("wiki", provider);

        await plane.Admin.RefusedAsync(HttpMethod.Post, "core/applications/", new { name = "x", slug = "wiki" }, "slug");
        Assert.Contains("\"wiki\"", await plane.Admin.RefusedAsync(HttpMethod.Post, "core/applications/", new { name = "x", slug = "x", provider }, "provider"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("authorize")]
    [InlineData("token")]
    [InlineData("userinfo")]
    [InlineData("introspect")]
    [InlineData("revoke")]
    [InlineData("device")]
    [InlineData("PAR")]
    public async Task No_application_takes_the_place_of_an_address_that_all_share(string slug)
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        await plane.CreateApplicationAsync("wiki");

        var made = await plane.Admin.RefusedAsync(HttpMethod.Post, "core/applications/", new { name = "x", slug }, "slug");
        var renamed = await plane.Admin.RefusedAsync(HttpMethod.Patch, "core/applications/wiki/", new { slug }, "slug");

        Assert.Contains($"/application/o/{slug}/", made, StringComparison.Ordinal);
        Assert.Equal(made, renamed);
        Assert.Equal(["wiki"], (await plane.Admin.GotAsync("core/applications/?superuser_full_list=true")).Texts("slug"));
    }
}
