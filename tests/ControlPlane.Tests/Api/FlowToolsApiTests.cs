using System.Net.Http.Headers;
using System.Text.Json;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

public sealed class FlowToolsApiTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_flow_is_drawn_with_its_stages_in_order()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);

        var drawn = (await plane.Admin.GotAsync("flows/instances/default-authentication-flow/diagram/")).GetProperty("diagram").GetString()!;

        Assert.StartsWith("graph TD", drawn, StringComparison.Ordinal);
        Assert.True(drawn.IndexOf("default-authentication-identification", StringComparison.Ordinal) < drawn.IndexOf("default-authentication-login", StringComparison.Ordinal));
        await plane.Admin.GotAsync("flows/instances/none/diagram/", 404);
    }

    [Fact]
    public async Task A_flow_is_exported_as_a_blueprint_with_everything_that_it_consists_of()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var address = (await plane.Admin.GotAsync("flows/instances/default-password-change/")).GetProperty("export_url").GetString()!;
        using var client = new HttpClient { BaseAddress = plane.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiPlane.AdminToken);

        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), Cancel);
        using var blueprint = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));

        Assert.Equal("flow-default-password-change.yaml", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal(1, blueprint.RootElement.GetProperty("version").GetInt32());
        var models = blueprint.RootElement.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("model").GetString()!).CountBy(model => model).ToDictionary();
        Assert.Equal(1, models["authentik_flows.flow"]);
        Assert.Equal(2, models["authentik_stages_prompt.prompt"]);
        Assert.Equal(1, models["authentik_stages_prompt.promptstage"]);
        Assert.Equal(1, models["authentik_stages_user_write.userwritestage"]);
        Assert.Equal(2, models["authentik_flows.flowstagebinding"]);
    }

    [Fact]
    public async Task Nothing_is_cached_and_a_flow_can_be_tried()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);

        Assert.Equal(0, (await plane.Admin.GotAsync("flows/instances/cache_info/")).GetProperty("count").GetInt32());
        await plane.Admin.SentAsync(HttpMethod.Post, "flows/instances/cache_clear/", null, 204);
        Assert.Equal("/if/flow/default-password-change/?inspector", (await plane.Admin.GotAsync("flows/instances/default-password-change/execute/")).GetProperty("link").GetString());
    }

    [Fact]
    public async Task An_administrators_browser_sees_where_it_stands_in_a_flow_and_no_secret()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        await plane.Admin.SentAsync(HttpMethod.Get, "flows/inspector/default-authentication-flow/", null, 400);
        var browser = plane.ClientOf(ApiPlane.AdminToken);
        const string path = "/api/v3/flows/executor/default-authentication-flow/?query=";
        using var asked = await browser.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        browser.DefaultRequestHeaders.Add("Cookie", asked.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        await browser.SentAsync(HttpMethod.Post, path, new { component = "ak-stage-identification", uid_field = "akadmin" }, 200);

        var seen = await browser.GotAsync("flows/inspector/default-authentication-flow/");

        var plan = seen.GetProperty("current_plan");
        Assert.Equal("default-authentication-password", plan.GetProperty("current_stage").GetProperty("stage_obj").GetProperty("name").GetString());
        Assert.Equal("default-authentication-mfa-validation", plan.GetProperty("next_planned_stage").GetProperty("stage_obj").GetProperty("name").GetString());
        Assert.Equal("akadmin", plan.GetProperty("plan_context").GetProperty("pending_user").GetString());
        Assert.False(seen.GetProperty("is_completed").GetBoolean());
        Assert.DoesNotContain("argon2", $"{seen}", StringComparison.OrdinalIgnoreCase);
    }
}
