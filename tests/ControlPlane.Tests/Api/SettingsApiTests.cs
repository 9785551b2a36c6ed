using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

/// <summary>Flows, brands and the installation itself.</summary>
public sealed class SettingsApiTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Flows_are_found_by_slug_and_designation_and_keep_their_designation()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);

        Assert.Contains("default-authentication-flow", (await plane.Admin.GotAsync("flows/instances/?designation=authentication")).Texts("slug"));
        Assert.Equal(["default-invalidation-flow"], (await plane.Admin.GotAsync("flows/instances/?slug=default-invalidation-flow")).Texts("slug"));
        var changed = await plane.Admin.SentAsync(HttpMethod.Patch, "flows/instances/default-authentication-flow/", new { title = "Sign in here" }, 200);
        Assert.Equal("Sign in here", changed.GetProperty("title").GetString());
        await plane.Admin.RefusedAsync(HttpMethod.Patch, "flows/instances/default-authentication-flow/", new { title = "" }, "title");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, "flows/instances/default-authentication-flow/", new { designation = "recovery" }, "designation");
        await plane.Admin.GotAsync("flows/instances/none/", 404);
    }

    [Fact]
    public async Task The_brand_is_set_and_shown_to_everybody()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var brand = (await plane.Admin.GotAsync("core/brands/?default=true")).GetProperty("results")[0];
        var path = $"core/brands/{brand.GetProperty("brand_uuid").GetGuid()}/";

        await plane.Admin.SentAsync(HttpMethod.Put, path, brand, 200);
        await plane.Admin.SentAsync(HttpMethod.Patch, path, new { branding_title = "Example", branding_custom_css = "body { color: red }" }, 200);
        var shown = await plane.ClientOf(null).GotAsync("core/brands/current/");
        Assert.Equal("Example", shown.GetProperty("branding_title").GetString());

        await plane.Admin.RefusedAsync(HttpMethod.Patch, path, new { branding_custom_css = "</style><script>" }, "branding_custom_css");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, path, new { flow_authentication = await plane.FlowAsync("default-invalidation-flow") }, "flow_authentication");
    }

    [Fact]
    public async Task A_flow_is_made_used_by_a_provider_and_deleted_when_nothing_uses_it()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var made = await plane.Admin.SentAsync(
            HttpMethod.Post, "flows/instances/", new { name = "Quick", slug = "quick", title = "Quick", designation = "authorization", authentication = "require_authenticated" }, 201);
        Assert.Empty(made.GetProperty("stages").EnumerateArray());
        var body = await plane.ProviderBodyAsync("wiki");
        body["authorization_flow"] = made.GetProperty("pk").GetGuid();
        var provider = (await plane.Admin.SentAsync(HttpMethod.Post, "providers/proxy/", body, 201)).GetProperty("pk").GetInt32();

        Assert.Equal("wiki", Assert.Single((await plane.Admin.GotAsync("flows/instances/quick/used_by/")).EnumerateArray()).GetProperty("name").GetString());
        Assert.Contains("wiki", await plane.Admin.RefusedAsync(HttpMethod.Delete, "flows/instances/quick/", null, "non_field_errors"), StringComparison.Ordinal);
        await plane.Admin.SentAsync(HttpMethod.Delete, $"providers/proxy/{provider}/", null, 204);
        await plane.Admin.SentAsync(HttpMethod.Delete, "flows/instances/quick/", null, 204);
        await plane.Admin.GotAsync("flows/instances/quick/", 404);
    }

    [Fact]
    public async Task A_flow_that_is_made_is_safe_and_takes_nobodys_place()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);

        foreach (var slug in (string[])["default-authentication-flow", "initial-setup", "a/b"])
        {
            await plane.Admin.RefusedAsync(HttpMethod.Post, "flows/instances/", new { name = "x", slug, title = "x", designation = "authentication" }, "slug");
        }

        var settings = new { name = "x", slug = "x", title = "x", designation = "stage_configuration" };
        Assert.Equal("require_authenticated", (await plane.Admin.SentAsync(HttpMethod.Post, "flows/instances/", settings, 201)).GetProperty("authentication").GetString());
        await plane.Admin.RefusedAsync(
            HttpMethod.Post, "flows/instances/", new { name = "y", slug = "y", title = "y", designation = "stage_configuration", authentication = "none" }, "authentication");
        await plane.Admin.RefusedAsync(HttpMethod.Delete, "flows/instances/default-authentication-flow/", null, "non_field_errors");
        await plane.Admin.RefusedAsync(HttpMethod.Delete, "flows/instances/initial-setup/", null, "non_field_errors");
    }

    [Fact]
    public async Task A_brand_is_made_for_a_domain_and_the_default_one_stays()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var standing = (await plane.Admin.GotAsync("core/brands/?default=true")).GetProperty("results")[0].GetProperty("brand_uuid").GetGuid();

        var made = await plane.Admin.SentAsync(HttpMethod.Post, "core/brands/", new { domain = "auth.corp.example", branding_title = "Corp" }, 201);
        var path = $"core/brands/{made.GetProperty("brand_uuid").GetGuid()}/";

        Assert.False(made.GetProperty("default").GetBoolean());
        await plane.Admin.RefusedAsync(HttpMethod.Post, "core/brands/", new { domain = "auth.corp.example" }, "domain");
        await plane.Admin.RefusedAsync(HttpMethod.Post, "core/brands/", new { domain = "other.example", @default = true }, "default");
        await plane.Admin.RefusedAsync(HttpMethod.Delete, $"core/brands/{standing}/", null, "non_field_errors");
        Assert.Empty((await plane.Admin.GotAsync(path + "used_by/")).EnumerateArray());
        await plane.Admin.SentAsync(HttpMethod.Delete, path, null, 204);
    }

    [Fact]
    public async Task What_the_installation_is_can_be_asked()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);

        Assert.False((await plane.ClientOf(null).GotAsync("root/config/")).GetProperty("error_reporting").GetProperty("enabled").GetBoolean());
        Assert.NotEmpty((await plane.Admin.GotAsync("admin/version/")).GetProperty("version_current").GetString()!);
        await plane.ClientOf(null).GotAsync("admin/version/", 403);
        Assert.Equal("Not found.", (await plane.Admin.GotAsync("core/nothing/", 404)).GetProperty("detail").GetString());
    }
}
