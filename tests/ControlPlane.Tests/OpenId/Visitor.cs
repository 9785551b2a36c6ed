using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Sidecar.Contracts.Channel;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Sessions;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.OpenId;

/// <summary>A user at a browser, and the outpost's side of a sign-in at the application "wiki".</summary>
internal sealed record Visitor(OpenIdPlane Plane, User User, Session Session, string Cookie)
{
    private const string Verifier = "a-code-verifier-of-at-least-forty-three-characters";
    private const string AllScopes = "openid profile email ak_proxy offline_access";

    public static Dictionary<string, string> Request => new()
    {
        ["client_id"] = "client-of-wiki",
        ["redirect_uri"] = OpenIdPlane.RedirectUri,
        ["response_type"] = "code",
        ["scope"] = AllScopes,
        ["state"] = "a state",
        ["nonce"] = "a nonce",
        ["code_challenge"] = WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
        ["code_challenge_method"] = "S256",
    };

    public static Dictionary<string, string> Redemption(string code) => new()
    {
        ["grant_type"] = "authorization_code",
        ["code"] = code,
        ["redirect_uri"] = OpenIdPlane.RedirectUri,
        ["code_verifier"] = Verifier,
    };

    public static Dictionary<string, string> Refresh(JsonElement tokens) => new()
    {
        ["grant_type"] = "refresh_token",
        ["refresh_token"] = tokens.GetProperty("refresh_token").GetString()!,
    };

    private readonly Dictionary<string, string> _cookies = [];

    public async Task<HttpResponseMessage> OpenAsync(string address, string? fetchSite = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (fetchSite is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", fetchSite);
        }

        return await SendAsync(request);
    }

    /// <summary>Opens a page and presses the button of its form.</summary>
    public async Task<HttpResponseMessage> AgreeAsync(string address)
    {
        using var answer = await OpenAsync(address);
        return await AnswerAsync(HtmlForm.In(await Page.ReadAsync(answer))!);
    }

    public async Task<HttpResponseMessage> AnswerAsync(HtmlForm form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, form.Action) { Content = new FormUrlEncodedContent(form.Fields) };
        return await SendAsync(request);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}").Prepend($"authentik_session={Cookie}")));
        var answer = await Plane.Http.SendAsync(request, TestContext.Current.CancellationToken);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var (name, value) = (cookie[..cookie.IndexOf('=', StringComparison.Ordinal)], cookie.Split('=', 2)[1].Split(';')[0]);
            _cookies[name] = value;
        }

        return answer;
    }

    public Task<HttpResponseMessage> AuthorizeAsync(Dictionary<string, string>? request = null) =>
        OpenAsync(QueryHelpers.AddQueryString("application/o/authorize/", (request ?? Request)!));

    public async Task<string> CodeAsync(Dictionary<string, string>? request = null)
    {
        using var answer = await AuthorizeAsync(request);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith((request ?? Request)["redirect_uri"], answer.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        return Assert.Single(QueryHelpers.ParseQuery(answer.Headers.Location.Query)["code"])!;
    }

    public async Task<JsonElement> TokensAsync()
    {
        var (status, tokens) = await PostAsync("token", Redemption(await CodeAsync()));
        Assert.Equal(HttpStatusCode.OK, status);
        return tokens;
    }

    /// <summary>As the client, at the internal address, under a Host that somebody made up.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(
        string endpoint, Dictionary<string, string> form, string? outpostToken = null, string clientId = "client-of-wiki", string? secret = null)
    {
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{Uri.EscapeDataString(secret ?? OpenIdPlane.ClientSecret)}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"application/o/{endpoint}/") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Host = "evil.example";
        request.Headers.Add("X-Forwarded-Host", "evil.example");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        if (outpostToken is not null)
        {
            request.Headers.Add(ChannelRoutes.OutpostTokenHeader, outpostToken);
        }

        using var answer = await Plane.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    public async Task<bool> IsActiveAsync(string token) =>
        (await PostAsync("introspect", new() { ["token"] = token })).Body is var body && body.TryGetProperty("active", out var active) && active.GetBoolean();

    public async Task<HttpResponseMessage> UserInfoAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "application/o/userinfo/");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await Plane.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
