using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.Tests.Api;

/// <summary>Who may call which route, said a second time: a route that is new or was opened by mistake fails until somebody writes its row.</summary>
public sealed class AccessMatrixTests(PostgresFixture postgres)
{
    private static readonly Dictionary<string, ApiAccess> Rows = Read("""
        Anyone     GET              root/config/
        Anyone     GET              core/brands/current/
        Anyone     GET,POST         flows/executor/{slug}/
        SignedIn   GET              admin/version/
        SignedIn   GET              core/users/me/
        SignedIn   GET              core/applications/
        SignedIn   GET              core/applications/{slug}/check_access/
        SignedIn   GET,POST         core/tokens/
        SignedIn   GET,PUT,PATCH    core/tokens/{identifier}/
        SignedIn   DELETE           core/tokens/{identifier}/
        SignedIn   GET              core/tokens/{identifier}/view_key/
        Superuser  POST             core/tokens/{identifier}/set_key/
        SignedIn   GET              core/authenticated_sessions/
        SignedIn   GET,DELETE       core/authenticated_sessions/{id:guid}/
        Superuser  DELETE           core/authenticated_sessions/bulk_delete/
        SignedIn   GET              core/user_consent/
        SignedIn   GET,DELETE       core/user_consent/{id:int}/
        SignedIn   GET              core/user_consent/{id:int}/used_by/
        Superuser  POST             core/users/{pk:int}/impersonate/
        SignedIn   GET              core/users/impersonate_end/
        Superuser  POST             core/users/import/
        Superuser  GET,PUT,PATCH    admin/settings/
        Superuser  GET,POST         core/users/
        Superuser  GET              core/users/paths/
        Superuser  GET,PUT,PATCH    core/users/{pk:int}/
        Superuser  DELETE           core/users/{pk:int}/
        Superuser  POST             core/users/{pk:int}/set_password/
        Superuser  POST             core/users/{pk:int}/recovery/
        Superuser  POST             core/users/{pk:int}/recovery_email/
        Superuser  POST             core/users/service_account/
        Superuser  GET              core/users/{pk:int}/used_by/
        Superuser  GET              core/groups/{id:guid}/used_by/
        Superuser  GET              core/applications/{slug}/used_by/
        Superuser  GET              core/brands/{id:guid}/used_by/
        Superuser  GET              core/tokens/{identifier}/used_by/
        Superuser  GET              core/authenticated_sessions/{id:guid}/used_by/
        Superuser  GET              providers/all/{id:int}/used_by/
        Superuser  GET              providers/proxy/{id:int}/used_by/
        Superuser  GET              policies/bindings/{id:guid}/used_by/
        Superuser  GET              outposts/instances/{id:guid}/used_by/
        Superuser  GET              flows/instances/{slug}/used_by/
        Superuser  GET,POST         core/groups/
        Superuser  GET,PUT,PATCH    core/groups/{id:guid}/
        Superuser  DELETE           core/groups/{id:guid}/
        Superuser  POST             core/groups/{id:guid}/add_user/
        Superuser  POST             core/groups/{id:guid}/remove_user/
        Superuser  POST             core/applications/
        Superuser  GET,PUT,PATCH    core/applications/{slug}/
        Superuser  DELETE           core/applications/{slug}/
        Superuser  GET,POST         core/brands/
        Superuser  GET,PUT,PATCH    core/brands/{id:guid}/
        Superuser  DELETE           core/brands/{id:guid}/
        Superuser  GET              providers/all/
        Superuser  GET,DELETE       providers/all/{id:int}/
        Superuser  GET,POST         providers/proxy/
        Superuser  GET,PUT,PATCH    providers/proxy/{id:int}/
        Superuser  DELETE           providers/proxy/{id:int}/
        Superuser  GET              policies/all/
        Superuser  GET              policies/all/types/
        Superuser  GET              policies/all/cache_info/
        Superuser  POST             policies/all/cache_clear/
        Superuser  GET,DELETE       policies/all/{id:guid}/
        Superuser  GET              policies/all/{id:guid}/used_by/
        Superuser  POST             policies/all/{id:guid}/test/
        Superuser  GET,POST         policies/dummy/
        Superuser  GET,PUT,PATCH    policies/dummy/{id:guid}/
        Superuser  DELETE           policies/dummy/{id:guid}/
        Superuser  GET              policies/dummy/{id:guid}/used_by/
        Superuser  GET,POST         policies/event_matcher/
        Superuser  GET,PUT,PATCH    policies/event_matcher/{id:guid}/
        Superuser  DELETE           policies/event_matcher/{id:guid}/
        Superuser  GET              policies/event_matcher/{id:guid}/used_by/
        Superuser  GET,POST         events/rules/
        Superuser  GET,PUT,PATCH    events/rules/{id:guid}/
        Superuser  DELETE           events/rules/{id:guid}/
        Superuser  GET              events/rules/{id:guid}/used_by/
        Superuser  GET,POST         events/transports/
        Superuser  GET,PUT,PATCH    events/transports/{id:guid}/
        Superuser  DELETE           events/transports/{id:guid}/
        Superuser  POST             events/transports/{id:guid}/test/
        Superuser  GET              events/transports/{id:guid}/used_by/
        SignedIn   GET              events/notifications/
        SignedIn   POST             events/notifications/mark_all_seen/
        SignedIn   GET,PUT,PATCH    events/notifications/{id:guid}/
        SignedIn   DELETE           events/notifications/{id:guid}/
        SignedIn   GET              events/notifications/{id:guid}/used_by/
        Superuser  POST             managed/blueprints/import/
        Superuser  POST             flows/instances/import/
        Superuser  GET,POST         policies/password/
        Superuser  GET,PUT,PATCH    policies/password/{id:guid}/
        Superuser  DELETE           policies/password/{id:guid}/
        Superuser  GET              policies/password/{id:guid}/used_by/
        Superuser  GET,POST         policies/password_expiry/
        Superuser  GET,PUT,PATCH    policies/password_expiry/{id:guid}/
        Superuser  DELETE           policies/password_expiry/{id:guid}/
        Superuser  GET              policies/password_expiry/{id:guid}/used_by/
        Superuser  GET,POST         policies/reputation/
        Superuser  GET,PUT,PATCH    policies/reputation/{id:guid}/
        Superuser  DELETE           policies/reputation/{id:guid}/
        Superuser  GET              policies/reputation/{id:guid}/used_by/
        Superuser  GET,POST         policies/unique_password/
        Superuser  GET,PUT,PATCH    policies/unique_password/{id:guid}/
        Superuser  DELETE           policies/unique_password/{id:guid}/
        Superuser  GET              policies/unique_password/{id:guid}/used_by/
        Superuser  GET              policies/reputation/scores/
        Superuser  GET,DELETE       policies/reputation/scores/{id:guid}/
        Superuser  GET              policies/reputation/scores/{id:guid}/used_by/
        Superuser  GET,POST         policies/bindings/
        Superuser  GET,PUT,PATCH    policies/bindings/{id:guid}/
        Superuser  DELETE           policies/bindings/{id:guid}/
        Superuser  GET,POST         outposts/instances/
        Superuser  GET              outposts/instances/default_settings/
        Superuser  GET,PUT,PATCH    outposts/instances/{id:guid}/
        Superuser  DELETE           outposts/instances/{id:guid}/
        Superuser  GET              outposts/instances/{id:guid}/health/
        Superuser  GET              events/events/
        Superuser  GET              events/events/actions/
        Superuser  GET              events/events/top_per_user/
        Superuser  GET              events/events/volume/
        Superuser  GET              events/events/stats/
        Superuser  GET              events/events/{id:guid}/
        Superuser  GET,POST         flows/instances/
        Superuser  GET,PUT,PATCH    flows/instances/{slug}/
        Superuser  DELETE           flows/instances/{slug}/
        Superuser  GET,POST         stages/user_delete/
        Superuser  GET,PUT,PATCH    stages/user_delete/{id:guid}/
        Superuser  DELETE           stages/user_delete/{id:guid}/
        Superuser  GET              stages/user_delete/{id:guid}/used_by/
        Superuser  GET,POST         stages/invitation/stages/
        Superuser  GET,PUT,PATCH    stages/invitation/stages/{id:guid}/
        Superuser  DELETE           stages/invitation/stages/{id:guid}/
        Superuser  GET              stages/invitation/stages/{id:guid}/used_by/
        Superuser  GET,POST         stages/invitation/invitations/
        Superuser  GET,PUT,PATCH    stages/invitation/invitations/{id:guid}/
        Superuser  DELETE           stages/invitation/invitations/{id:guid}/
        Superuser  GET              stages/invitation/invitations/{id:guid}/used_by/
        Superuser  POST             stages/invitation/invitations/{id:guid}/send_email/
        Superuser  GET,POST         stages/email/
        Superuser  GET,PUT,PATCH    stages/email/{id:guid}/
        Superuser  DELETE           stages/email/{id:guid}/
        Superuser  GET              stages/email/{id:guid}/used_by/
        Superuser  GET              stages/email/templates/
        Superuser  GET,POST         stages/redirect/
        Superuser  GET,PUT,PATCH    stages/redirect/{id:guid}/
        Superuser  DELETE           stages/redirect/{id:guid}/
        Superuser  GET              stages/redirect/{id:guid}/used_by/
        Superuser  GET,POST         stages/captcha/
        Superuser  GET,PUT,PATCH    stages/captcha/{id:guid}/
        Superuser  DELETE           stages/captcha/{id:guid}/
        Superuser  GET              stages/captcha/{id:guid}/used_by/
        Superuser  GET,POST         stages/dummy/
        Superuser  GET,PUT,PATCH    stages/dummy/{id:guid}/
        Superuser  DELETE           stages/dummy/{id:guid}/
        Superuser  GET              stages/dummy/{id:guid}/used_by/
        Superuser  GET              flows/instances/cache_info/
        Superuser  POST             flows/instances/cache_clear/
        Superuser  GET              flows/instances/{slug}/diagram/
        Superuser  GET              flows/instances/{slug}/export/
        Superuser  GET              flows/instances/{slug}/execute/
        Superuser  GET              flows/inspector/{slug}/
        Superuser  GET,POST         flows/bindings/
        Superuser  GET,PUT,PATCH    flows/bindings/{id:guid}/
        Superuser  DELETE           flows/bindings/{id:guid}/
        Superuser  GET              flows/bindings/{id:guid}/used_by/
        Superuser  GET              stages/all/
        Superuser  GET              stages/all/types/
        SignedIn   GET              stages/all/user_settings/
        Superuser  GET,DELETE       stages/all/{id:guid}/
        Superuser  GET              stages/all/{id:guid}/used_by/
        Superuser  GET,POST         stages/prompt/prompts/
        Superuser  POST             stages/prompt/prompts/preview/
        Superuser  GET,PUT,PATCH    stages/prompt/prompts/{id:guid}/
        Superuser  DELETE           stages/prompt/prompts/{id:guid}/
        Superuser  GET              stages/prompt/prompts/{id:guid}/used_by/
        Superuser  GET,POST         stages/identification/
        Superuser  GET,PUT,PATCH    stages/identification/{id:guid}/
        Superuser  DELETE           stages/identification/{id:guid}/
        Superuser  GET              stages/identification/{id:guid}/used_by/
        Superuser  GET,POST         stages/password/
        Superuser  GET,PUT,PATCH    stages/password/{id:guid}/
        Superuser  DELETE           stages/password/{id:guid}/
        Superuser  GET              stages/password/{id:guid}/used_by/
        Superuser  GET,POST         stages/user_login/
        Superuser  GET,PUT,PATCH    stages/user_login/{id:guid}/
        Superuser  DELETE           stages/user_login/{id:guid}/
        Superuser  GET              stages/user_login/{id:guid}/used_by/
        Superuser  GET,POST         stages/user_logout/
        Superuser  GET,PUT,PATCH    stages/user_logout/{id:guid}/
        Superuser  DELETE           stages/user_logout/{id:guid}/
        Superuser  GET              stages/user_logout/{id:guid}/used_by/
        Superuser  GET,POST         stages/consent/
        Superuser  GET,PUT,PATCH    stages/consent/{id:guid}/
        Superuser  DELETE           stages/consent/{id:guid}/
        Superuser  GET              stages/consent/{id:guid}/used_by/
        Superuser  GET,POST         stages/prompt/stages/
        Superuser  GET,PUT,PATCH    stages/prompt/stages/{id:guid}/
        Superuser  DELETE           stages/prompt/stages/{id:guid}/
        Superuser  GET              stages/prompt/stages/{id:guid}/used_by/
        Superuser  GET,POST         stages/user_write/
        Superuser  GET,PUT,PATCH    stages/user_write/{id:guid}/
        Superuser  DELETE           stages/user_write/{id:guid}/
        Superuser  GET              stages/user_write/{id:guid}/used_by/
        Superuser  GET,POST         stages/deny/
        Superuser  GET,PUT,PATCH    stages/deny/{id:guid}/
        Superuser  DELETE           stages/deny/{id:guid}/
        Superuser  GET              stages/deny/{id:guid}/used_by/
        Superuser  GET,POST         stages/authenticator/totp/
        Superuser  GET,PUT,PATCH    stages/authenticator/totp/{id:guid}/
        Superuser  DELETE           stages/authenticator/totp/{id:guid}/
        Superuser  GET              stages/authenticator/totp/{id:guid}/used_by/
        Superuser  GET,POST         stages/authenticator/static/
        Superuser  GET,PUT,PATCH    stages/authenticator/static/{id:guid}/
        Superuser  DELETE           stages/authenticator/static/{id:guid}/
        Superuser  GET              stages/authenticator/static/{id:guid}/used_by/
        Superuser  GET,POST         stages/authenticator/validate/
        Superuser  GET,PUT,PATCH    stages/authenticator/validate/{id:guid}/
        Superuser  DELETE           stages/authenticator/validate/{id:guid}/
        Superuser  GET              stages/authenticator/validate/{id:guid}/used_by/
        Superuser  GET,POST         stages/authenticator/webauthn/
        Superuser  GET,PUT,PATCH    stages/authenticator/webauthn/{id:guid}/
        Superuser  DELETE           stages/authenticator/webauthn/{id:guid}/
        Superuser  GET              stages/authenticator/webauthn/{id:guid}/used_by/
        SignedIn   GET              authenticators/all/
        Superuser  GET              authenticators/admin/all/
        SignedIn   GET              authenticators/totp/
        SignedIn   GET,PUT,PATCH    authenticators/totp/{id:int}/
        SignedIn   DELETE           authenticators/totp/{id:int}/
        SignedIn   GET              authenticators/totp/{id:int}/used_by/
        Superuser  GET              authenticators/admin/totp/
        Superuser  GET,PUT,PATCH    authenticators/admin/totp/{id:int}/
        Superuser  DELETE           authenticators/admin/totp/{id:int}/
        SignedIn   GET              authenticators/static/
        SignedIn   GET,PUT,PATCH    authenticators/static/{id:int}/
        SignedIn   DELETE           authenticators/static/{id:int}/
        SignedIn   GET              authenticators/static/{id:int}/used_by/
        Superuser  GET              authenticators/admin/static/
        Superuser  GET,PUT,PATCH    authenticators/admin/static/{id:int}/
        Superuser  DELETE           authenticators/admin/static/{id:int}/
        SignedIn   GET              authenticators/webauthn/
        SignedIn   GET,PUT,PATCH    authenticators/webauthn/{id:int}/
        SignedIn   DELETE           authenticators/webauthn/{id:int}/
        SignedIn   GET              authenticators/webauthn/{id:int}/used_by/
        Superuser  GET              authenticators/admin/webauthn/
        Superuser  GET,PUT,PATCH    authenticators/admin/webauthn/{id:int}/
        Superuser  DELETE           authenticators/admin/webauthn/{id:int}/
        """);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_admits_whom_its_row_names_and_nobody_else()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var plain = await TokenAsync(plane, "ana");
        var expired = await ExpiredAsync(plane);
        var disabled = await DisabledAsync(plane);
        var problems = new List<string>();
        var routes = RoutesOf(plane).ToList();
        Assert.True(routes.Count > 50, "The walk found next to nothing.");
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(plane.Address, "/api/v3/") };
        var session = await BrowserSessions.BeginAsync(plane, "akadmin");
        foreach (var (method, path) in routes)
        {
            if (!Rows.TryGetValue($"{method} {path}", out var access))
            {
                problems.Add($"{method} {path} has no row");
                continue;
            }

            var anyone = access == ApiAccess.Anyone;
            (string Name, Action<HttpRequestMessage> Speak, bool Admitted)[] callers =
            [
                ("nobody", _ => { }, anyone),
                ("a made-up token", Bearer("made up"), anyone),
                ("an expired token of a superuser", Bearer(expired), anyone),
                ("the token of a disabled superuser", Bearer(disabled), anyone),
                ("a user", Bearer(plain), access is ApiAccess.Anyone or ApiAccess.SignedIn),
                ("a superuser", Bearer(ApiPlane.AdminToken), true),
                ("a superuser's browser on another's page", request => BrowserSessions.Speak(request, session), anyone || method == "GET"),
                ("a superuser's browser", request => BrowserSessions.SpeakWithProof(request, session), true),
            ];
            foreach (var (name, speak, admitted) in callers)
            {
                var status = await StatusAsync(client, method, path, speak);
                if (admitted ? status is 401 or 403 or 405 or >= 500 : status != 403)
                {
                    problems.Add($"{method} {path} answers {status} to {name}");
                }
            }
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private static IEnumerable<(string Method, string Path)> RoutesOf(ApiPlane plane) =>
        from endpoint in plane.Plane.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = endpoint.RoutePattern.RawText!.TrimStart('/')
        where path.StartsWith("api/v3/", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["(every method)"]
        select (method, path["api/v3/".Length..]);

    // Names what is not there, with a body that says nothing: who is admitted breaks nothing.
    private static async Task<int> StatusAsync(HttpClient client, string method, string path, Action<HttpRequestMessage> speak)
    {
        var address = path
            .Replace("{id:guid}", Guid.Empty.ToString(), StringComparison.Ordinal)
            .Replace("{id:int}", "999999", StringComparison.Ordinal)
            .Replace("{pk:int}", "999999", StringComparison.Ordinal)
            .Replace("{slug}", "none", StringComparison.Ordinal)
            .Replace("{identifier}", "none", StringComparison.Ordinal);
        Assert.DoesNotContain('{', address);
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        speak(request);
        request.Content = method is "GET" or "DELETE" ? null : new StringContent("{}", Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request, Cancel);
        return (int)response.StatusCode;
    }

    private static Action<HttpRequestMessage> Bearer(string token) => request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

    private static async Task<string> TokenAsync(ApiPlane plane, string username, params Guid[] groups)
    {
        var user = (await plane.CreateUserAsync(username, groups)).GetProperty("pk").GetInt32();
        await plane.Admin.SentAsync(HttpMethod.Post, "core/tokens/", new { identifier = username, intent = "api", user }, 201);
        return (await plane.Admin.GotAsync($"core/tokens/{username}/view_key/")).GetProperty("key").GetString()!;
    }

    private static async Task<string> DisabledAsync(ApiPlane plane)
    {
        var token = await TokenAsync(plane, "dot", await plane.CreateGroupAsync("more admins", super: true));
        var pk = (await plane.Admin.GotAsync("core/users/?username=dot")).GetProperty("results")[0].GetProperty("pk").GetInt32();
        await plane.Admin.SentAsync(HttpMethod.Patch, $"core/users/{pk}/", new { is_active = false }, 200);
        return token;
    }

    private static async Task<string> ExpiredAsync(ApiPlane plane)
    {
        await using var context = plane.Plane.Open();
        var admin = await context.Users.SingleAsync(user => user.Username == "akadmin", Cancel);
        var wrap = plane.Plane.Services.GetRequiredService<KeyWrap>();
        var token = TokenSecret.Create(wrap, "expired", TokenIntent.Api, admin.Id, Samples.Now);
        (token.Expiring, token.ExpiresAt) = (true, DateTimeOffset.UnixEpoch.AddYears(50));
        context.Tokens.Add(token);
        await context.SaveChangesAsync(Cancel);
        return TokenSecret.Show(token, wrap);
    }

    private static Dictionary<string, ApiAccess> Read(string rows) =>
        (from row in rows.Split('\n')
         let words = row.Split(' ', StringSplitOptions.RemoveEmptyEntries)
         from method in words[1].Split(',')
         select (Route: $"{method} {words[2].TrimEnd('\r')}", Access: Enum.Parse<ApiAccess>(words[0]))).ToDictionary(row => row.Route, row => row.Access);
}
