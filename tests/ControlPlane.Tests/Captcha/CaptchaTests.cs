using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Captcha;
using Sidecar.ControlPlane.Tests.Api;
using Sidecar.ControlPlane.Tests.Authenticators;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.TestKit.Chromium;

namespace Sidecar.ControlPlane.Tests.Captcha;

public sealed class CaptchaTests(PostgresFixture postgres)
{
    private const string Captcha = "ak-stage-captcha";
    private const string Executor = "flows/executor/captcha/?query=";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json")]
    public async Task Only_what_the_service_takes_for_a_persons_answer_goes_on_to_the_password(string type)
    {
        await using var service = await CaptchaServer.StartAsync();
        await using var plane = await StartAsync(service, new { request_content_type = type });
        using var client = new HttpClient();
        await NameAsync(client, plane);

        Assert.Equal("This field is required.", (await AnswerAsync(client, plane, new { component = Captcha })).ErrorAt("token"));
        Assert.Equal(Captcha, (await AnswerAsync(client, plane, new { component = Captcha, token = "machine" })).Component());
        Assert.Equal(Captcha, (await AnswerAsync(client, plane, new { component = "ak-stage-password", password = "a long password" })).Component());
        Assert.Equal("ak-stage-password", (await AnswerAsync(client, plane, new { component = Captcha, token = "person" })).Component());
        Assert.Equal("xak-flow-redirect", (await AnswerAsync(client, plane, new { component = "ak-stage-password", password = "a long password" })).Component());
        Assert.All(service.RemoteIps, address => Assert.Equal("127.0.0.1", address));
    }

    [Fact]
    public async Task A_score_outside_the_thresholds_is_refused_unless_the_stage_says_otherwise()
    {
        await using var service = await CaptchaServer.StartAsync();
        await using var plane = await StartAsync(service, new { score_min_threshold = 0.5, score_max_threshold = 0.9 });
        using var client = new HttpClient();
        await NameAsync(client, plane);
        foreach (var score in (double[])[0.4, 1.0])
        {
            service.Score = score;
            Assert.Equal(Captcha, (await AnswerAsync(client, plane, new { component = Captcha, token = "person" })).Component());
        }

        var stage = (await plane.Admin.GotAsync("stages/captcha/")).Texts("pk").Single();
        await plane.Admin.SentAsync(HttpMethod.Patch, $"stages/captcha/{stage}/", new { error_on_invalid_score = false }, 200);
        Assert.Equal("ak-stage-password", (await AnswerAsync(client, plane, new { component = Captcha, token = "person" })).Component());
    }

    [Fact]
    public async Task While_the_service_cannot_be_asked_nobody_passes_and_administrators_are_told_once()
    {
        await using var service = await CaptchaServer.StartAsync();
        await using var plane = await StartAsync(service, new { private_key = "not the one" });
        using var client = new HttpClient();
        await NameAsync(client, plane);
        Func<IResult>[] answers =
        [
            () => Results.StatusCode(500), () => Results.Text("<html>portal</html>"), () => Results.Text("[]", "application/json"), () => Results.Text("{}", "application/json"),
            () => Results.Redirect("https://example.com/"), () => Results.Text("{\"success\": true, \"x\": \"" + new string('x', 100_000) + "\"}", "application/json"),
        ];

        // First without an answer of its own: the private key is wrong.
        foreach (var answer in answers.Prepend(null!))
        {
            service.Answer = answer;
            var asked = await AnswerAsync(client, plane, new { component = Captcha, token = "person" });
            Assert.Equal(Captcha, asked.Component());
            Assert.Contains("could not be checked", asked.ErrorAt("non_field_errors"), StringComparison.Ordinal);
        }

        Assert.Equal(1, (await plane.Admin.GotAsync("events/events/?action=configuration_error")).GetProperty("pagination").GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task The_page_admits_the_services_scripts_and_frames_and_nobody_elses()
    {
        await using var service = await CaptchaServer.StartAsync();
        await using var plane = await StartAsync(service, new { });
        using var browser = FlowHost.NewBrowser();
        var page = await browser.NavigateAsync(new Uri(plane.Address, "if/flow/captcha/"));
        Assert.DoesNotContain("script-src", page.Headers["Content-Security-Policy"][0], StringComparison.Ordinal);

        page = await browser.FillAsync(page, ("uid_field", "akadmin"));

        var policy = page.Headers["Content-Security-Policy"][0].Split("; ");
        Assert.Contains("default-src 'none'", policy);
        Assert.Matches($"^script-src 'sha256-[^ ]+' {Regex.Escape(service.Origin)}$", policy.Single(part => part.StartsWith("script-src", StringComparison.Ordinal)));
        Assert.Contains($"frame-src {service.Origin}", policy);
        Assert.Contains($"connect-src {service.Origin}", policy);
        Assert.DoesNotContain(CaptchaServer.Secret, page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://challenges.cloudflare.com/turnstile/v0/api.js", "https://challenges.cloudflare.com")]
    [InlineData("https://captcha.example.com:8443/a/b.js?x=1", "https://captcha.example.com:8443")]
    [InlineData("https://www.recaptcha.net/recaptcha/api.js", "https://www.recaptcha.net https://www.gstatic.com/recaptcha/")]
    [InlineData("https://js.hcaptcha.com/1/api.js", "https://js.hcaptcha.com https://*.hcaptcha.com")]
    [InlineData("https://evil-www.google.com.example.com/x; script-src *", "https://evil-www.google.com.example.com")]
    public void What_is_admitted_is_the_scripts_origin_and_what_two_services_document(string script, string admitted) =>
        Assert.Equal(admitted, CaptchaSources.Of(new Uri(script)));

    [Fact]
    public async Task The_private_key_is_in_no_answer_no_event_no_export_and_not_in_clear_in_the_database()
    {
        await using var service = await CaptchaServer.StartAsync();
        await using var plane = await StartAsync(service, new { });
        var stage = (await plane.Admin.GotAsync("stages/captcha/")).GetProperty("results")[0];
        Assert.False(stage.TryGetProperty("private_key", out _));
        await plane.Admin.SentAsync(HttpMethod.Put, $"stages/captcha/{stage.GetProperty("pk").GetGuid()}/", stage, 200);
        Assert.DoesNotContain(CaptchaServer.Secret, $"{await plane.Admin.GotAsync("events/events/?page_size=100")}", StringComparison.Ordinal);
        await using (var context = plane.Plane.Open())
        {
            Assert.All(await context.Stages.ToListAsync(Cancel), row => Assert.DoesNotContain(CaptchaServer.Secret, row.Settings.GetRawText(), StringComparison.Ordinal));
        }

        await plane.Admin.RefusedAsync(HttpMethod.Post, "stages/captcha/", new { name = "x", public_key = "x" }, "private_key");
        foreach (var url in (string[])["http://captcha.example.com/api.js", "javascript:alert(1)", "//captcha.example.com", "https://a:b@captcha.example.com/"])
        {
            await plane.Admin.RefusedAsync(HttpMethod.Post, "stages/captcha/", new { name = "x", public_key = "x", private_key = "x", js_url = url }, "js_url");
        }
    }

    [Theory]
    [Trait("Kind", "Slow")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_Chromium_the_services_script_runs_and_its_answer_is_sent(bool interactive)
    {
        Assert.SkipUnless(ChromiumBrowser.IsInstalled, "no chromium on this machine");
        await using var service = await CaptchaServer.StartAsync();
        await using var plane = await StartAsync(service, new { interactive });
        await using var chromium = await ChromiumBrowser.StartAsync();
        var page = await chromium.OpenAsync();
        await page.GotoAsync(new Uri(plane.Address, "if/flow/captcha/").AbsoluteUri);
        await page.FillAsync("[name=uid_field]", "akadmin");
        await page.PressAsync("[name=uid_field]", "Enter");
        if (interactive)
        {
            await page.ClickAsync("text=I am a person");
        }

        await page.FillAsync("[name=password]", "a long password");
        await page.PressAsync("[name=password]", "Enter");
        await page.WaitForURLAsync(new Regex("/if/user/"));
    }

    /// <summary>With the flow <c>captcha</c>: a name, the captcha, the password.</summary>
    private async Task<ApiPlane> StartAsync(CaptchaServer service, object settings)
    {
        var plane = await ApiPlane.StartAsync(postgres);
        var body = JsonSerializer.SerializeToNode(new { name = "captcha", js_url = service.JsUrl, api_url = service.ApiUrl, public_key = "site", private_key = CaptchaServer.Secret })!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(settings)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }

        var captcha = (await plane.Admin.SentAsync(HttpMethod.Post, "stages/captcha/", body, 201)).GetProperty("pk").GetGuid();
        var target = (await plane.Admin.SentAsync(HttpMethod.Post, "flows/instances/", new { name = "captcha", slug = "captcha", title = "captcha", designation = "authentication" }, 201)).GetProperty("pk").GetGuid();
        var order = 0;
        foreach (var name in (string[])["default-authentication-identification", "captcha", "default-authentication-password", "default-authentication-login"])
        {
            var stage = name == "captcha" ? captcha : Guid.Parse((await plane.Admin.GotAsync($"stages/all/?name={name}")).Texts("pk").Single());
            await plane.Admin.SentAsync(HttpMethod.Post, "flows/bindings/", new { target, stage, order = order++ }, 201);
        }

        return plane;
    }

    private static async Task NameAsync(HttpClient client, ApiPlane plane)
    {
        await client.GetStringAsync(new Uri(plane.Address, "api/v3/" + Executor), Cancel);
        Assert.Equal(Captcha, (await AnswerAsync(client, plane, new { component = "ak-stage-identification", uid_field = "akadmin" })).Component());
    }

    private static Task<JsonElement> AnswerAsync(HttpClient client, ApiPlane plane, object answer) => client.AnswerAsync(new Uri(plane.Address, "api/v3/" + Executor), answer);
}
