using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

public sealed class ProvidersApiTests(PostgresFixture postgres)
{
    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_provider_is_made_found_changed_and_deleted(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var provider = await plane.CreateProviderAsync("wiki");
        await plane.CreateApplicationAsync("wiki", provider);

        var read = await plane.Admin.GotAsync($"providers/proxy/{provider}/");
        Assert.Equal("wiki", read.GetProperty("assigned_application_slug").GetString());
        Assert.False(read.TryGetProperty("client_secret", out _));
        Assert.Equal(["wiki"], (await plane.Admin.GotAsync("providers/proxy/?external_host__iexact=HTTPS://WIKI.example.com&mode__iexact=forward_single")).Texts("name"));
        Assert.Equal(["wiki"], (await plane.Admin.GotAsync("providers/all/?application__isnull=false&search=wik")).Texts("name"));
        Assert.Empty((await plane.Admin.GotAsync("providers/all/?backchannel=true")).Texts("name"));
        Assert.Equal("wiki", (await plane.Admin.GotAsync($"providers/all/{provider}/")).GetProperty("name").GetString());

        var changed = await plane.Admin.SentAsync(
            HttpMethod.Patch, $"providers/proxy/{provider}/",
            new { mode = "forward_domain", external_host = "https://auth.example.com/", cookie_domain = ".example.com", access_token_validity = "minutes=30", identity_budget_bytes = 8192 },
            200);
        Assert.Equal("https://auth.example.com", changed.GetProperty("external_host").GetString());
        Assert.Equal("example.com", changed.GetProperty("cookie_domain").GetString());
        Assert.Equal(8192, changed.GetProperty("identity_budget_bytes").GetInt32());

        await plane.Admin.SentAsync(HttpMethod.Delete, $"providers/all/{provider}/", null, 204);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await plane.Admin.GotAsync("core/applications/wiki/")).GetProperty("provider").ValueKind);
        await plane.Admin.GotAsync($"providers/proxy/{provider}/", 404);
    }

    [Fact]
    public async Task A_value_that_cannot_work_is_refused_by_field()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        await plane.CreateProviderAsync("taken", "https://taken.example.com");
        (string Field, string Value)[] wrong =
        [
            ("external_host", "wiki.example.com"),
            ("external_host", "https://wiki.example.com/path"),
            ("external_host", "https://user@wiki.example.com"),
            ("external_host", "javascript:alert(1)"),
            ("mode", "proxy"),
            ("mode", "forward"),
            ("cookie_domain", "com"),
            ("cookie_domain", "10.0.0.1"),
            ("skip_path_regex", "("),
            ("access_token_validity", "soon"),
            ("authorization_flow", "00000000-0000-0000-0000-000000000000"),
            ("property_mappings", "x"),
            ("identity_budget_bytes", "1000000"),
            ("identity_budget_bytes", "0"),
            ("name", "taken"),
        ];
        foreach (var (field, value) in wrong)
        {
            var body = await plane.ProviderBodyAsync("wiki");
            body[field] = value;
            Assert.NotEmpty(await plane.Admin.RefusedAsync(HttpMethod.Post, "providers/proxy/", body, field));
        }

        Assert.Equal(["taken"], (await plane.Admin.GotAsync("providers/proxy/")).Texts("name"));
    }

    [Fact]
    public async Task A_domain_without_its_cookie_domain_or_outside_of_it_is_refused()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var body = await plane.ProviderBodyAsync("wiki");
        body["mode"] = "forward_domain";

        await plane.Admin.RefusedAsync(HttpMethod.Post, "providers/proxy/", body, "cookie_domain");
        body["cookie_domain"] = "ample.com";
        await plane.Admin.RefusedAsync(HttpMethod.Post, "providers/proxy/", body, "external_host");
    }

    [Fact]
    public async Task What_an_application_is_told_and_how_is_set_by_fields_that_authentik_does_not_have()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var path = $"providers/proxy/{await plane.CreateProviderAsync("wiki")}/";
        var before = await plane.Admin.GotAsync(path);
        Assert.Equal("all", before.GetProperty("group_choice").GetString());
        Assert.True(before.GetProperty("send_assertion").GetBoolean());

        var changed = await plane.Admin.SentAsync(
            HttpMethod.Patch,
            path,
            new
            {
                group_choice = "prefix",
                group_prefix = "wiki-",
                hide_ticket = true,
                send_assertion = false,
                strict = true,
            },
            200);

        Assert.Equal(("prefix", "wiki-"), (changed.GetProperty("group_choice").GetString(), changed.GetProperty("group_prefix").GetString()));
        Assert.Equal((true, false, true), (
            changed.GetProperty("hide_ticket").GetBoolean(), changed.GetProperty("send_assertion").GetBoolean(), changed.GetProperty("strict").GetBoolean()));
        await plane.Admin.SentAsync(HttpMethod.Put, path, changed, 200);
        await plane.Admin.RefusedAsync(HttpMethod.Patch, path, new { group_prefix = "" }, "group_prefix");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, path, new { group_choice = "some" }, "group_choice");
    }
}
