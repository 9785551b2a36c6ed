using System.Net;
using System.Net.Http.Headers;
using Sidecar.EndToEnd.Tests.SignIn;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.Installations;

namespace Sidecar.EndToEnd.Tests.Tokens;

/// <summary>Each kind of token that an installation hands out, in every place that is not its own: it opens nothing there.</summary>
[Trait("Kind", "Slow")]
public sealed class WrongPlaceTests(SignInSite fixture) : IClassFixture<SignInSite>, IAsyncLifetime
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    private readonly ProtectedSite _site = fixture.Site;
    private readonly Browser _browser = new();
    private string _cookieName = null!;
    private string _ticket = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var cookie = await _site.SignInAsync(_browser);
        await _site.WaitForAsync(HttpStatusCode.OK, cookie);
        _cookieName = cookie[..cookie.IndexOf('=', StringComparison.Ordinal)];
        _ticket = cookie[(_cookieName.Length + 1)..];
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_ticket_opens_nothing_as_a_bearer_token() => await OpensNothingAsBearerAsync(_ticket);

    [Fact]
    public async Task The_assertion_that_an_application_sees_is_neither_a_ticket_nor_a_bearer_token()
    {
        var answer = await _site.Question($"{_cookieName}={_ticket}").AskAsync(_site.Server.Address);
        var assertion = Assert.Single(answer.Headers["X-authentik-jwt"]);
        Assert.NotEmpty(assertion);

        await OpensNothingAsTicketAsync(assertion);
        await OpensNothingAsBearerAsync(assertion);
    }

    [Fact]
    public async Task An_API_token_is_no_ticket_and_no_credential_of_an_application()
    {
        Assert.Equal(HttpStatusCode.OK, await ApiStatusAsync(_site.Server.BootstrapToken));

        await OpensNothingAsTicketAsync(_site.Server.BootstrapToken);
        Assert.NotEqual(HttpStatusCode.OK, await CheckStatusAsync(("Authorization", "Bearer " + _site.Server.BootstrapToken)));
    }

    [Theory]
    [InlineData("app_password", false)]
    [InlineData("api", true)]
    public async Task Of_the_tokens_that_a_person_can_have_only_an_API_token_opens_the_API_and_none_is_a_ticket(string intent, bool opens)
    {
        var key = await CreateTokenAsync(intent);

        Assert.Equal(opens ? HttpStatusCode.OK : HttpStatusCode.Forbidden, await ApiStatusAsync(key));
        await OpensNothingAsTicketAsync(key);
    }

    [Fact]
    public async Task The_token_of_an_outpost_opens_neither_the_API_as_an_administrator_nor_an_application()
    {
        var outposts = await _site.Api.GetAsync("outposts/instances/?managed__iexact=goauthentik.io/outposts/embedded");
        var identifier = outposts.GetProperty("results")[0].GetProperty("token_identifier").GetString();
        var key = (await _site.Api.GetAsync($"core/tokens/{identifier}/view_key/")).GetProperty("key").GetString()!;

        Assert.NotEqual(HttpStatusCode.OK, await StatusAsync("api/v3/core/users/", key));
        await OpensNothingAsTicketAsync(key);
        Assert.NotEqual(HttpStatusCode.OK, await CheckStatusAsync(("Authorization", "Bearer " + key)));
    }

    [Fact]
    public async Task The_cookies_of_the_control_plane_are_no_ticket_and_no_bearer_token()
    {
        var cookies = _browser.Cookies.GetCookies(_site.PublicAddress).ToList();
        Assert.NotEmpty(cookies);
        foreach (var cookie in cookies)
        {
            await OpensNothingAsTicketAsync(cookie.Value);
            Assert.Equal(HttpStatusCode.Forbidden, await ApiStatusAsync(cookie.Value));
            Assert.NotEqual(HttpStatusCode.OK, await CheckStatusAsync(("Cookie", $"{cookie.Name}={cookie.Value}")));
        }
    }

    [Fact]
    public async Task A_ticket_opens_no_other_application_under_either_name()
    {
        var slug = "other-" + Guid.NewGuid().ToString("N")[..6];
        var host = new Uri($"http://{slug}.sidecar.localhost:{_site.Server.HttpPort}/");
        var (provider, _) = await _site.Api.CreateApplicationAsync(slug, host.ToString().TrimEnd('/'));
        await _site.Api.ServeOnEmbeddedOutpostAsync(_site.PublicAddress, _site.Provider, provider);
        var question = new ForwardAuthQuestion(host, "/") { IsNavigation = false };
        await question.WaitForAsync(_site.Server.Address, HttpStatusCode.Unauthorized, TimeSpan.FromSeconds(30));

        using var other = new Browser();
        await other.SignInAsync(await other.NavigateAsync(new Uri(host, "outpost.goauthentik.io/start")), ProtectedSite.Username, ProtectedSite.Password);
        var own = TicketCookie.Of(other, host)!;
        var otherName = own[..own.IndexOf('=', StringComparison.Ordinal)];

        Assert.Equal(HttpStatusCode.OK, (await (question with { Cookie = own }).AskAsync(_site.Server.Address)).Status);
        foreach (var name in (string[])[_cookieName, otherName])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await (question with { Cookie = $"{name}={_ticket}" }).AskAsync(_site.Server.Address)).Status);
        }

        await OpensNothingAsTicketAsync(own[(otherName.Length + 1)..]);
    }

    private async Task OpensNothingAsBearerAsync(string token)
    {
        Assert.Equal(HttpStatusCode.Forbidden, await ApiStatusAsync(token));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("application/o/userinfo/", token));
        Assert.NotEqual(HttpStatusCode.OK, await CheckStatusAsync(("Authorization", "Bearer " + token)));
        Assert.NotEqual(HttpStatusCode.OK, await CheckStatusAsync(("Authorization", "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{ProtectedSite.Username}:{token}")))));
    }

    private async Task OpensNothingAsTicketAsync(string token) => Assert.Equal(HttpStatusCode.Unauthorized, await CheckStatusAsync(("Cookie", $"{_cookieName}={token}")));

    private Task<HttpStatusCode> ApiStatusAsync(string token) => StatusAsync("api/v3/core/users/me/", token);

    private async Task<HttpStatusCode> StatusAsync(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_site.Server.Address, path)) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var answer = await Client.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    private async Task<HttpStatusCode> CheckStatusAsync((string Name, string Value) header)
    {
        var question = _site.Question(null) with { IsNavigation = false, MoreHeaders = new Dictionary<string, string> { [header.Name] = header.Value } };
        return (await question.AskAsync(_site.Server.Address)).Status;
    }

    private async Task<string> CreateTokenAsync(string intent)
    {
        var identifier = $"{intent}-{Guid.NewGuid():N}";
        await _site.Api.PostAsync("core/tokens/", new { identifier, intent, user = _site.User });
        return (await _site.Api.GetAsync($"core/tokens/{identifier}/view_key/")).GetProperty("key").GetString()!;
    }
}
