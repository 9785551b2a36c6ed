using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Flows;

public sealed class SignInByExecutorTests
{
    [Fact]
    public async Task A_script_with_a_cookie_jar_signs_in()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var client = new HttpClient();

        var end = await ExecutorSignIn.SignInByExecutorAsync(client, host.Address, "ana", FlowHost.Password);

        Assert.Equal("xak-flow-redirect", end.GetProperty("component").GetString());
        Assert.Equal("/if/user/", end.GetProperty("to").GetString());
        Assert.Equal(1, await host.CountSessionsAsync());
    }

    [Fact]
    public async Task A_challenge_has_the_members_of_the_published_schema()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var client = new HttpClient();

        var challenge = await client.GetFromJsonAsync<JsonElement>(host.At(FlowHost.Executor), TestContext.Current.CancellationToken);

        Assert.Equal("ak-stage-identification", challenge.GetProperty("component").GetString());
        Assert.Equal("Welcome to Sidecar!", challenge.GetProperty("flow_info").GetProperty("title").GetString());
        Assert.Equal("/flows/-/cancel/", challenge.GetProperty("flow_info").GetProperty("cancel_url").GetString());
        Assert.Equal("stacked", challenge.GetProperty("flow_info").GetProperty("layout").GetString());
        Assert.Equal("authentication", challenge.GetProperty("flow_designation").GetString());
        Assert.False(challenge.GetProperty("password_fields").GetBoolean());
        Assert.Equal(["email", "username"], challenge.GetProperty("user_fields").EnumerateArray().Select(field => field.GetString()!));
    }

    [Fact]
    public async Task A_wrong_answer_is_told_by_field_with_text_and_code()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var client = new HttpClient();

        var end = await ExecutorSignIn.SignInByExecutorAsync(client, host.Address, "ana", "not it");

        Assert.Equal("ak-stage-password", end.GetProperty("component").GetString());
        var error = end.GetProperty("response_errors").GetProperty("password")[0];
        Assert.Equal("Invalid password", error.GetProperty("string").GetString());
        Assert.Equal("invalid", error.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Only_JSON_is_an_answer_and_never_from_another_site()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var client = new HttpClient();
        await client.GetStringAsync(host.At(FlowHost.Executor), TestContext.Current.CancellationToken);
        using var form = new FormUrlEncodedContent([new("uid_field", "ana")]);
        using var fromForm = await client.PostAsync(host.At(FlowHost.Executor), form, TestContext.Current.CancellationToken);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, host.At(FlowHost.Executor)) { Content = JsonContent.Create(new { uid_field = "ana" }) };
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var fromElsewhere = await client.SendAsync(foreign, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, fromForm.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, fromElsewhere.StatusCode);
    }

    [Fact]
    public async Task A_password_typed_with_the_name_counts_for_the_password_stage_too()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        await host.EditAsync(async context =>
        {
            var password = await context.Stages.SingleAsync(stage => stage.Name == "default-authentication-password");
            var identification = await context.Stages.SingleAsync(stage => stage.Name == "default-authentication-identification");
            identification.Settings = JsonSerializer.SerializeToElement(new { user_fields = new[] { "username" }, password_stage = password.Id });
        });
        using var client = new HttpClient();
        var challenge = await client.GetFromJsonAsync<JsonElement>(host.At(FlowHost.Executor), TestContext.Current.CancellationToken);
        using var wrong = await client.PostAsJsonAsync(host.At(FlowHost.Executor), new { uid_field = "ana", password = "not it" }, TestContext.Current.CancellationToken);
        using var right = await client.PostAsJsonAsync(host.At(FlowHost.Executor), new { uid_field = "ana", password = FlowHost.Password }, TestContext.Current.CancellationToken);

        Assert.True(challenge.GetProperty("password_fields").GetBoolean());
        Assert.Equal("ak-stage-identification", await ComponentOfAsync(wrong));
        Assert.Equal("xak-flow-redirect", await ComponentOfAsync(right));
    }

    [Fact]
    public async Task A_flow_that_does_not_exist_is_not_found()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var client = new HttpClient();

        using var response = await client.GetAsync(host.At("api/v3/flows/executor/no-such-flow/?query="), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static async Task<string?> ComponentOfAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("component").GetString();
}
