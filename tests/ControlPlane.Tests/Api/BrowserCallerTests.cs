using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

public sealed class BrowserCallerTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signed_in_browser_reads_and_is_given_the_value_that_its_pages_send()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var secret = await BrowserSessions.BeginAsync(plane, "akadmin");

        using var response = await SendAsync(plane, HttpMethod.Get, "core/users/me/", null, request => BrowserSessions.Speak(request, secret));

        Assert.Equal("akadmin", (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("user").GetProperty("username").GetString());
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith($"{CsrfToken.CookieName}={CsrfToken.Of(secret)};", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(secret, cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_ours_changes_things()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var secret = await BrowserSessions.BeginAsync(plane, "akadmin");

        using var response = await SendAsync(plane, HttpMethod.Post, "core/groups/", new { name = "crew" }, request => BrowserSessions.SpeakWithProof(request, secret));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Without_Sec_Fetch_Site_the_origin_must_be_ours()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var secret = await BrowserSessions.BeginAsync(plane, "akadmin");
        async Task<HttpStatusCode> FromAsync(string? origin)
        {
            using var response = await SendAsync(plane, HttpMethod.Post, "core/groups/", new { name = "crew" }, request =>
            {
                BrowserSessions.SpeakWithProof(request, secret);
                request.Headers.Remove("Sec-Fetch-Site");
                if (origin is not null)
                {
                    request.Headers.Add("Origin", origin);
                }
            });
            return response.StatusCode;
        }

        Assert.Equal(HttpStatusCode.Forbidden, await FromAsync(null));
        Assert.Equal(HttpStatusCode.Forbidden, await FromAsync("null"));
        Assert.Equal(HttpStatusCode.Forbidden, await FromAsync("https://evil.example.com"));
        Assert.Equal(HttpStatusCode.Created, await FromAsync(plane.Address.GetLeftPart(UriPartial.Authority)));
    }

    [Fact]
    public async Task What_a_page_of_ours_did_not_send_changes_nothing()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var secret = await BrowserSessions.BeginAsync(plane, "akadmin");
        var right = CsrfToken.Of(secret);
        (string From, string? Value, string Site)[] wrong =
        [
            ("no header", null, "same-origin"),
            ("an empty header", "", "same-origin"),
            ("a value of one's own making, in cookie and header", "planted", "same-origin"),
            ("another site", right, "cross-site"),
            ("a neighbouring host", right, "same-site"),
            ("no page at all", right, "none"),
        ];
        foreach (var (from, value, site) in wrong)
        {
            using var response = await SendAsync(plane, HttpMethod.Post, "core/groups/", new { name = "crew" }, request =>
            {
                request.Headers.Add("Cookie", $"{BrowserSession.CookieName}={secret}; {CsrfToken.CookieName}={value}");
                request.Headers.Add("Sec-Fetch-Site", site);
                if (value is not null)
                {
                    request.Headers.Add(CsrfToken.HeaderName, value);
                }
            });
            Assert.True(response.StatusCode == HttpStatusCode.Forbidden, from);
        }

        await using var context = plane.Plane.Open();
        Assert.False(await context.Groups.AnyAsync(group => group.Name == "crew", Cancel));
    }

    [Fact]
    public async Task The_value_of_another_session_proves_nothing()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var (mine, other) = (await BrowserSessions.BeginAsync(plane, "akadmin"), await BrowserSessions.BeginAsync(plane, "akadmin"));

        using var response = await SendAsync(plane, HttpMethod.Post, "core/groups/", new { name = "crew" }, request =>
        {
            BrowserSessions.SpeakWithProof(request, other);
            request.Headers.Remove("Cookie");
            BrowserSessions.Speak(request, mine);
        });

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_wrong_token_does_not_fall_back_to_the_session()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var secret = await BrowserSessions.BeginAsync(plane, "akadmin");

        using var response = await SendAsync(plane, HttpMethod.Get, "core/users/me/", null, request =>
        {
            BrowserSessions.SpeakWithProof(request, secret);
            request.Headers.Add("Authorization", "Bearer wrong");
        });

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task An_ended_session_and_a_disabled_user_are_nobody_at_once()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var pk = (await plane.CreateUserAsync("ana")).GetProperty("pk").GetInt32();
        var (first, second) = (await BrowserSessions.BeginAsync(plane, "ana"), await BrowserSessions.BeginAsync(plane, "ana"));
        async Task<HttpStatusCode> MeAsync(string secret)
        {
            using var response = await SendAsync(plane, HttpMethod.Get, "core/users/me/", null, request => BrowserSessions.Speak(request, secret));
            return response.StatusCode;
        }

        using var listed = await SendAsync(plane, HttpMethod.Get, "core/authenticated_sessions/", null, request => BrowserSessions.Speak(request, first));
        var current = (await listed.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("results").EnumerateArray().Single(row => row.GetProperty("current").GetBoolean());
        await plane.Admin.SentAsync(HttpMethod.Delete, $"core/authenticated_sessions/{current.GetProperty("uuid").GetGuid()}/", null, 204);
        Assert.Equal(HttpStatusCode.Forbidden, await MeAsync(first));
        Assert.Equal(HttpStatusCode.OK, await MeAsync(second));

        await plane.Admin.SentAsync(HttpMethod.Patch, $"core/users/{pk}/", new { is_active = false }, 200);
        Assert.Equal(HttpStatusCode.Forbidden, await MeAsync(second));
    }

    private static async Task<HttpResponseMessage> SendAsync(ApiPlane plane, HttpMethod method, string path, object? body, Action<HttpRequestMessage> speak)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType()) };
        speak(request);
        return await plane.ClientOf(null).SendAsync(request, Cancel);
    }
}
