using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.TestKit.Installations;

namespace Sidecar.ControlPlane.Tests.Api;

public sealed class AdminScriptTests(PostgresFixture postgres)
{
    [Fact]
    public async Task What_end_to_end_tests_ask_for_is_accepted()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        using var api = new AdminApi(plane.Address, ApiPlane.AdminToken);
        var crew = await api.CreateGroupAsync("crew");
        var staff = await api.CreateGroupAsync("staff", parent: crew);
        var ana = await api.CreateUserAsync("ana", "a long password");
        var fields = new JsonObject { ["skip_path_regex"] = "^/public/", ["basic_auth_enabled"] = false };

        var (provider, application) = await api.CreateApplicationAsync("app", "https://app.example.com", fields, explicitConsent: true);
        await api.BindGroupAsync(application, staff);
        await api.AddToGroupAsync(staff, ana);
        await api.ServeOnEmbeddedOutpostAsync(new Uri("https://auth.example.com/"), provider);
        await api.RemoveFromGroupAsync(staff, ana);

        await api.PatchAsync($"core/groups/{staff}/", new { parents = Array.Empty<Guid>() });
        await api.PatchAsync($"core/users/{ana}/", new { is_active = false });
        var outpost = await api.PostAsync("outposts/instances/", new { name = "edge", type = "proxy", providers = new[] { provider }, config = new { authentik_host = "https://auth.example.com/" } });
        var token = await api.GetAsync($"core/tokens/{outpost.GetProperty("token_identifier").GetString()}/view_key/");
        Assert.NotEmpty(token.GetProperty("key").GetString()!);
    }
}
