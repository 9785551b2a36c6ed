using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Principals;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Tests.Api;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Impersonations;

public sealed class ImpersonationTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task An_administrator_sees_what_the_user_sees_and_comes_back_and_each_event_names_both(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var ana = (await plane.CreateUserAsync("ana")).GetProperty("pk").GetInt32();
        using var admin = await AdministratorAsync(plane);
        Assert.Equal(204, (int)(await BeginAsync(admin, plane, ana, "she asked for help")).Status);

        var me = (await admin.FetchAsync(HttpMethod.Get, new Uri(plane.Address, "api/v3/core/users/me/"))).Json;
        Assert.Equal(("ana", "akadmin"), (me.GetProperty("user").GetProperty("username").GetString(), me.GetProperty("original").GetProperty("username").GetString()));
        var page = await admin.NavigateAsync(new Uri(plane.Address, "if/user/"));
        Assert.Contains("You are akadmin and act as <strong>ana</strong>", page.Text, StringComparison.Ordinal);
        Assert.Contains("<dd>ana</dd>", page.Text, StringComparison.Ordinal);
        Assert.Contains("act as <strong>ana</strong>", (await admin.NavigateAsync(new Uri(plane.Address, "if/admin/"))).Text, StringComparison.Ordinal);

        page = await admin.FillAsync(page);
        Assert.DoesNotContain("act as", page.Text, StringComparison.Ordinal);
        Assert.Contains("<dd>akadmin</dd>", page.Text, StringComparison.Ordinal);
        me = (await admin.FetchAsync(HttpMethod.Get, new Uri(plane.Address, "api/v3/core/users/me/"))).Json;
        Assert.False(me.TryGetProperty("original", out _));

        var events = (await plane.Admin.GotAsync("events/events/?actions=impersonation_started&actions=impersonation_ended&ordering=created")).GetProperty("results").EnumerateArray().ToList();
        Assert.Equal(["impersonation_started", "impersonation_ended"], events.Select(told => told.GetProperty("action").GetString()));
        Assert.Equal("she asked for help", events[0].GetProperty("context").GetProperty("reason").GetString());
        Assert.Equal("ana", events[0].GetProperty("context").GetProperty("model").GetProperty("name").GetString());
        Assert.Equal(("akadmin", "ana"), (events[1].GetProperty("user").GetProperty("username").GetString(), events[1].GetProperty("user").GetProperty("on_behalf_of").GetProperty("username").GetString()));
    }

    [Fact]
    public async Task Nothing_that_lasts_is_changed_in_another_s_name()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var ana = (await plane.CreateUserAsync("ana")).GetProperty("pk").GetInt32();
        await plane.Admin.SentAsync(HttpMethod.Post, "core/tokens/", new { identifier = "hers", intent = "app_password", user = ana }, 201);
        using var admin = await AdministratorAsync(plane);
        await BeginAsync(admin, plane, ana);

        Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync(admin, plane, HttpMethod.Post, "core/tokens/", new { identifier = "mine" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync(admin, plane, HttpMethod.Get, "core/tokens/hers/view_key/")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await CallAsync(admin, plane, HttpMethod.Post, $"core/users/{ana}/impersonate/", new { reason = "again" })).Status);
        foreach (var flow in new[] { "default-password-change", "default-user-settings-flow", "default-authenticator-totp-setup" })
        {
            Assert.Contains("act as somebody else", (await admin.NavigateAsync(new Uri(plane.Address, $"if/flow/{flow}/"))).Text, StringComparison.Ordinal);
        }

        var token = HtmlForm.In(await admin.NavigateAsync(new Uri(plane.Address, "if/user/tokens/")))!.Fields["page_token"];
        await admin.SubmitAsync(new Uri(plane.Address, "if/user/tokens/"), new Dictionary<string, string> { ["page_token"] = token, ["description"] = "x", ["intent"] = "api", ["days"] = "30" });
        Assert.Equal(["hers"], (await plane.Admin.GotAsync("core/tokens/?user__username=ana")).Texts("identifier"));
    }

    [Fact]
    public async Task A_flow_on_the_way_to_an_application_adds_no_device_either()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var ana = (await plane.CreateUserAsync("ana")).GetProperty("pk").GetInt32();
        var flow = (await plane.Admin.SentAsync(HttpMethod.Post, "flows/instances/", new { name = "extra", title = "extra", slug = "extra", designation = "authorization" }, 201)).GetProperty("pk").GetGuid();
        var stage = (await plane.Admin.SentAsync(HttpMethod.Post, "stages/authenticator/totp/", new { name = "extra", digits = "6" }, 201)).GetProperty("pk").GetGuid();
        await plane.Admin.SentAsync(HttpMethod.Post, "flows/bindings/", new { target = flow, stage, order = 0 }, 201);
        using var admin = await AdministratorAsync(plane);
        Assert.Contains("Scan this with your authenticator app", (await admin.NavigateAsync(new Uri(plane.Address, "if/flow/extra/"))).Text, StringComparison.Ordinal);

        await BeginAsync(admin, plane, ana);
        Assert.DoesNotContain("Scan this with your authenticator app", (await admin.NavigateAsync(new Uri(plane.Address, "if/flow/extra/"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_superuser_in_a_browser_begins_it_only_with_a_reason_and_only_while_it_is_on()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var ana = (await plane.CreateUserAsync("ana")).GetProperty("pk").GetInt32();
        var ben = (await plane.CreateUserAsync("ben")).GetProperty("pk").GetInt32();
        var boss = (await plane.Admin.GotAsync("core/users/me/")).GetProperty("user").GetProperty("pk").GetInt32();
        await plane.Admin.SentAsync(HttpMethod.Patch, $"core/users/{ben}/", new { is_active = false }, 200);
        using var admin = await AdministratorAsync(plane);
        using var plain = await BrowserAsync(plane, "ana");

        Assert.Equal(HttpStatusCode.Forbidden, (await BeginAsync(plain, plane, boss)).Status);
        Assert.Contains("browser", await plane.Admin.RefusedAsync(HttpMethod.Post, $"core/users/{ana}/impersonate/", new { reason = "x" }, "non_field_errors"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await BeginAsync(admin, plane, ana, " ")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await BeginAsync(admin, plane, ben)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await BeginAsync(admin, plane, boss)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await BeginAsync(admin, plane, 999_999)).Status);
        Assert.True((await plane.Admin.GotAsync("admin/settings/")).GetProperty("impersonation_require_reason").GetBoolean());
        await plane.Admin.SentAsync(HttpMethod.Patch, "admin/settings/", new { impersonation_require_reason = false, impersonation = false }, 200);
        await plane.Admin.RefusedAsync(HttpMethod.Patch, "admin/settings/", new { gdpr_compliance = false }, "gdpr_compliance");
        Assert.Equal(HttpStatusCode.Forbidden, (await BeginAsync(admin, plane, ana)).Status);
        await plane.Admin.SentAsync(HttpMethod.Patch, "admin/settings/", new { impersonation = true }, 200);
        Assert.Equal(HttpStatusCode.NoContent, (await CallAsync(admin, plane, HttpMethod.Post, $"core/users/{ana}/impersonate/", new { })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await CallAsync(admin, plane, HttpMethod.Get, "core/users/impersonate_end/")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await CallAsync(admin, plane, HttpMethod.Get, "core/users/impersonate_end/")).Status);
        Assert.Equal("akadmin", (await CallAsync(admin, plane, HttpMethod.Get, "core/users/me/")).Json.GetProperty("user").GetProperty("username").GetString());
    }

    [Fact]
    public async Task Each_begin_and_end_gives_another_cookie_and_the_former_opens_nothing()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var ana = (await plane.CreateUserAsync("ana")).GetProperty("pk").GetInt32();
        using var admin = await AdministratorAsync(plane);
        var values = new List<string> { ValueOf(admin, plane) };
        await BeginAsync(admin, plane, ana);
        values.Add(ValueOf(admin, plane));
        Assert.True(await OpensAsync(plane, values[1]));
        Assert.False(await OpensAsync(plane, values[0]));
        await CallAsync(admin, plane, HttpMethod.Get, "core/users/impersonate_end/");
        values.Add(ValueOf(admin, plane));

        Assert.Equal(3, values.Distinct().Count());
        Assert.False(await OpensAsync(plane, values[0]));
        Assert.False(await OpensAsync(plane, values[1]));
        Assert.True(await OpensAsync(plane, values[2]));
    }

    private static string ValueOf(Browser browser, ApiPlane plane) => browser.Cookies.GetCookies(plane.Address)[BrowserSession.CookieName]!.Value;

    private static async Task<bool> OpensAsync(ApiPlane plane, string value)
    {
        using var browser = new Browser();
        browser.Cookies.Add(plane.Address, new Cookie(BrowserSession.CookieName, value));
        return (await browser.NavigateAsync(new Uri(plane.Address, "if/user/"))).Address.AbsolutePath == "/if/user/";
    }

    public enum End
    {
        SessionDeleted,
        Demoted,
        Disabled,
        TurnedOff,
        SignedOut,
    }

    [Theory]
    [InlineData(End.SessionDeleted)]
    [InlineData(End.Demoted)]
    [InlineData(End.Disabled)]
    [InlineData(End.TurnedOff)]
    [InlineData(End.SignedOut)]
    public async Task It_never_outlives_the_administrator_s_own_session_and_right_here_and_at_the_outposts(End end)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, environment: Scene.Environment);
        var scene = await Scene.BuildAsync(plane.Plane);
        var ana = (await plane.Admin.GotAsync("core/users/?username=ana")).GetProperty("results")[0].GetProperty("pk").GetInt32();
        var helper = (await plane.CreateUserAsync("helper", await plane.CreateGroupAsync("helpers", super: true))).GetProperty("pk").GetInt32();
        using var browser = await BrowserAsync(plane, "helper");
        Assert.Equal(HttpStatusCode.NoContent, (await BeginAsync(browser, plane, ana)).Status);
        await using (var context = plane.Plane.Open())
        {
            var acting = await context.Sessions.AsNoTracking().Include(session => session.User).SingleAsync(session => session.ImpersonatorSessionId != null, Cancel);
            Assert.NotNull(await scene.IssueAsync(acting));
            var entered = await context.AuditEvents.SingleAsync(audit => audit.Action == "authorize_application", Cancel);
            Assert.Equal(("helper", "ana"), (entered.Username, entered.OnBehalfOf));
            Assert.Equal([acting.Id], (await PrincipalAsync(plane, scene))!.Sessions);
            switch (end)
            {
                case End.SessionDeleted:
                    await plane.Admin.SentAsync(HttpMethod.Delete, $"core/authenticated_sessions/{acting.ImpersonatorSessionId}/", null, 204);
                    break;
                case End.Demoted:
                    await plane.Admin.SentAsync(HttpMethod.Patch, $"core/users/{helper}/", new { groups = Array.Empty<Guid>() }, 200);
                    break;
                case End.Disabled:
                    await plane.Admin.SentAsync(HttpMethod.Patch, $"core/users/{helper}/", new { is_active = false }, 200);
                    break;
                case End.TurnedOff:
                    await plane.Admin.SentAsync(HttpMethod.Patch, "admin/settings/", new { impersonation = false }, 200);
                    break;
                case End.SignedOut:
                    await browser.NavigateAsync(new Uri(plane.Address, "flows/-/default/invalidation/"));
                    break;
            }
        }

        Assert.Null(await PrincipalAsync(plane, scene));
        Assert.Equal("/if/flow/default-authentication-flow/", (await browser.NavigateAsync(new Uri(plane.Address, "if/user/"))).Address.AbsolutePath);
        await using var after = plane.Plane.Open();
        Assert.False(await after.Sessions.AnyAsync(session => session.ImpersonatorSessionId != null, Cancel));
        Assert.Equal(end is End.Demoted or End.TurnedOff, await after.Sessions.AnyAsync(session => session.User!.Username == "helper", Cancel));
    }

    private static async Task<Contracts.Principals.Principal?> PrincipalAsync(ApiPlane plane, Scene scene)
    {
        await using var scope = plane.Plane.Scope();
        return await scope.ServiceProvider.GetRequiredService<PrincipalBuilder>().BuildAsync(scene.Ana, scene.Outpost, Cancel);
    }

    private static Task<Browser> AdministratorAsync(ApiPlane plane) => BrowserAsync(plane, "akadmin");

    private static async Task<Browser> BrowserAsync(ApiPlane plane, string username)
    {
        var browser = new Browser();
        browser.Cookies.Add(plane.Address, new Cookie(BrowserSession.CookieName, await BrowserSessions.BeginAsync(plane, username)));
        return browser;
    }

    private static Task<Page> BeginAsync(Browser browser, ApiPlane plane, int user, string reason = "a look") =>
        CallAsync(browser, plane, HttpMethod.Post, $"core/users/{user}/impersonate/", new { reason });

    private static async Task<Page> CallAsync(Browser browser, ApiPlane plane, HttpMethod method, string path, object? body = null)
    {
        var secret = ValueOf(browser, plane);
        using var handler = new SocketsHttpHandler { CookieContainer = browser.Cookies };
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(method, new Uri(plane.Address, "api/v3/" + path)) { Content = body is null ? null : JsonContent.Create(body, body.GetType()) };
        request.Headers.Add(CsrfToken.HeaderName, CsrfToken.Of(secret));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var response = await client.SendAsync(request, Cancel);
        return await Page.ReadAsync(response);
    }
}
