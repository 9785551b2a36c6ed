using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

/// <summary>What is read and set, but not made: flows, brands and the installation itself.</summary>
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
    public async Task What_the_installation_is_can_be_asked()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);

        Assert.False((await plane.ClientOf(null).GotAsync("root/config/")).GetProperty("error_reporting").GetProperty("enabled").GetBoolean());
        Assert.NotEmpty((await plane.Admin.GotAsync("admin/version/")).GetProperty("version_current").GetString()!);
        await plane.ClientOf(null).GotAsync("admin/version/", 403);
        Assert.Equal("Not found.", (await plane.Admin.GotAsync("core/nothing/", 404)).GetProperty("detail").GetString());
    }
}
