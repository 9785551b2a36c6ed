using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

public sealed class OutpostsApiTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task An_outpost_comes_with_a_token_and_goes_with_it(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var provider = await plane.CreateProviderAsync("wiki");

        var made = await plane.Admin.SentAsync(
            HttpMethod.Post, "outposts/instances/", new { name = "edge", type = "proxy", providers = new[] { provider }, config = new { authentik_host = "https://auth.example.com" } }, 201);
        var pk = made.GetProperty("pk").GetGuid();
        var token = made.GetProperty("token_identifier").GetString();
        Assert.Equal("info", made.GetProperty("config").GetProperty("log_level").GetString());
        Assert.NotEmpty((await plane.Admin.GotAsync($"core/tokens/{token}/view_key/")).GetProperty("key").GetString()!);
        Assert.Equal(["edge"], (await plane.Admin.GotAsync("providers/proxy/")).GetProperty("results")[0].GetProperty("outpost_set").EnumerateArray().Select(name => name.GetString()));

        await plane.Admin.SentAsync(HttpMethod.Patch, $"outposts/instances/{pk}/", new { name = "edge 2" }, 200);
        Assert.Equal(["edge 2"], (await plane.Admin.GotAsync($"outposts/instances/?providers_by_pk={provider}")).Texts("name"));
        await plane.Admin.SentAsync(HttpMethod.Delete, $"outposts/instances/{pk}/", null, 204);
        await plane.Admin.GotAsync($"core/tokens/{token}/", 404);
        await using var context = plane.Plane.Open();
        Assert.False(await context.Users.AnyAsync(user => user.Username == $"ak-outpost-{pk:N}", Cancel));
    }

    [Fact]
    public async Task The_first_outpost_is_found_by_name_and_by_what_manages_it()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        string[] queries =
        [
            "managed__iexact=goauthentik.io/outposts/embedded",
            "managed__iexact=GOAUTHENTIK.io/outposts/embedded",
            "name__iexact=Authentik Embedded Outpost",
            "name__icontains=EMBEDDED",
            "providers__isnull=true",
            "search=embedded&ordering=-name",
        ];
        foreach (var query in queries)
        {
            Assert.Equal(["authentik Embedded Outpost"], (await plane.Admin.GotAsync("outposts/instances/?" + query)).Texts("name"));
        }

        Assert.Empty((await plane.Admin.GotAsync("outposts/instances/?managed__iexact=goauthentik.io/outposts")).Texts("name"));
    }

    [Fact]
    public async Task Running_processes_are_listed_with_their_versions()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var pk = (await plane.Admin.GotAsync("outposts/instances/")).GetProperty("results")[0].GetProperty("pk").GetGuid();
        await using var context = plane.Plane.Open();
        context.OutpostInstances.Add(new OutpostInstance
        {
            OutpostId = pk,
            Instance = Guid.NewGuid(),
            Version = "0.0.1",
            Hostname = "edge-1",
            LastSeen = Samples.Now,
        });
        await context.SaveChangesAsync(Cancel);

        var process = Assert.Single((await plane.Admin.GotAsync($"outposts/instances/{pk}/health/")).EnumerateArray());

        Assert.Equal("edge-1", process.GetProperty("hostname").GetString());
        Assert.True(process.GetProperty("version_outdated").GetBoolean());
        Assert.True((await plane.Admin.GotAsync("admin/version/")).GetProperty("outpost_outdated").GetBoolean());
        Assert.Equal("", (await plane.Admin.GotAsync("outposts/instances/default_settings/")).GetProperty("config").GetProperty("authentik_host").GetString());
        await plane.Admin.GotAsync($"outposts/instances/{Guid.NewGuid()}/health/", 404);
    }

    [Fact]
    public async Task The_embedded_outpost_stays_what_it_is()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var path = $"outposts/instances/{(await plane.Admin.GotAsync("outposts/instances/")).GetProperty("results")[0].GetProperty("pk").GetGuid()}/";

        await plane.Admin.RefusedAsync(HttpMethod.Delete, path, null, "non_field_errors");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, path, new { name = "mine" }, "name");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, path, new { managed = "x" }, "managed");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, path, new { config = new { authentik_host = "auth.example.com" } }, "config");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, path, new { config = new { log_level = 7 } }, "config");
    }

    [Fact]
    public async Task A_mistake_leaves_neither_outpost_nor_account_nor_token()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        await using var context = plane.Plane.Open();
        var before = (await context.Users.CountAsync(Cancel), await context.Tokens.CountAsync(Cancel), await context.Outposts.CountAsync(Cancel));

        var answer = await plane.Admin.SentAsync(HttpMethod.Post, "outposts/instances/", new { name = "authentik Embedded Outpost", type = "ldap", providers = new[] { 4711 }, config = 1 }, 400);

        Assert.Equal(["config", "name", "providers", "type"], answer.EnumerateObject().Select(field => field.Name));
        Assert.Equal(before, (await context.Users.CountAsync(Cancel), await context.Tokens.CountAsync(Cancel), await context.Outposts.CountAsync(Cancel)));
    }

    [Fact]
    public async Task Two_providers_of_one_host_are_refused_on_one_outpost_and_the_other_is_named()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var wiki = await plane.CreateProviderAsync("wiki");
        var twin = await plane.CreateProviderAsync("twin", "http://WIKI.example.com");
        var docs = await plane.CreateProviderAsync("docs", "https://docs.example.com");
        var path = $"outposts/instances/{(await plane.Admin.GotAsync("outposts/instances/")).GetProperty("results")[0].GetProperty("pk").GetGuid()}/";

        Assert.Contains("\"wiki\"", await plane.Admin.RefusedAsync(HttpMethod.Patch, path, new { providers = new[] { wiki, twin } }, "providers"), StringComparison.Ordinal);
        Assert.Empty((await plane.Admin.GotAsync(path)).GetProperty("providers").EnumerateArray());

        await plane.Admin.SentAsync(HttpMethod.Patch, path, new { providers = new[] { wiki, docs } }, 200);
        await plane.Admin.RefusedAsync(HttpMethod.Patch, path, new { providers = new[] { wiki, docs, twin } }, "providers");
        var told = await plane.Admin.RefusedAsync(HttpMethod.Patch, $"providers/proxy/{docs}/", new { external_host = "https://wiki.example.com:443" }, "external_host");
        Assert.Contains("\"wiki\"", told, StringComparison.Ordinal);
        await plane.Admin.SentAsync(HttpMethod.Patch, $"providers/proxy/{docs}/", new { external_host = "https://wiki.example.com:8443" }, 200);

        // Elsewhere it is nobody's business.
        await plane.Admin.SentAsync(HttpMethod.Post, "outposts/instances/", new { name = "edge", type = "proxy", providers = new[] { twin }, config = new { } }, 201);
    }

    [Fact]
    public async Task Two_providers_of_one_cookie_domain_are_refused_on_one_outpost()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var pks = new List<int>();
        foreach (var name in (string[])["one", "two"])
        {
            var body = await plane.ProviderBodyAsync(name, $"https://{name}.example.com");
            (body["mode"], body["cookie_domain"]) = ("forward_domain", "example.com");
            pks.Add((await plane.Admin.SentAsync(HttpMethod.Post, "providers/proxy/", body, 201)).GetProperty("pk").GetInt32());
        }

        var told = await plane.Admin.RefusedAsync(
            HttpMethod.Post, "outposts/instances/", new { name = "edge", type = "proxy", providers = pks, config = new { } }, "providers");

        Assert.Contains("*.example.com", told, StringComparison.Ordinal);
    }
}
