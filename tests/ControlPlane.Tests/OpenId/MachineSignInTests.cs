using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Credentials;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.Tests.OpenId;

/// <summary><c>client_credentials</c> with a user's app password.</summary>
public sealed class MachineSignInTests(OpenIdFixture fixture) : IClassFixture<OpenIdFixture>
{
    private OpenIdPlane Plane => fixture.Plane;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData(OpenIdPlane.ClientSecret)]
    public async Task A_user_name_and_an_app_password_are_tokens_of_that_user(string? secret)
    {
        var (user, password) = await AddAsync($"machine-{secret is null}");

        var (status, tokens) = await PostAsync(user.Username, password, secret);

        Assert.Equal(HttpStatusCode.OK, status);
        var identity = new JsonWebToken(tokens.GetProperty("id_token").GetString());
        Assert.Equal((OpenIdPlane.Issuer, user.Uid), (identity.Issuer, identity.Subject));
        Assert.Equal(user.Username, identity.GetClaim("preferred_username").Value);
        Assert.False(tokens.TryGetProperty("refresh_token", out _));
        Assert.False(tokens.TryGetProperty("sidecar", out _));
        Assert.Equal(user.Uid, (await UserInfoAsync(AccessOf(tokens)))?.GetProperty("sub").GetString());
    }

    [Fact]
    public async Task Everything_else_is_one_and_the_same_refusal()
    {
        var (user, password) = await AddAsync("machine-refused");
        var (_, foreign) = await AddAsync("machine-other");
        var (_, api) = await AddAsync("machine-api", intent: TokenIntent.Api);
        var (_, old) = await AddAsync("machine-old", change: token => token.ExpiresAt = Samples.Now.AddMinutes(-1));

        var answers = new[]
        {
            await PostAsync(user.Username, "not a password"),
            await PostAsync(user.Username, foreign),
            await PostAsync("nobody", password),
            await PostAsync("machine-api", api),
            await PostAsync("machine-old", old),
            await PostAsync(user.Username, password, clientId: "no-such-client"),
        };

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (answer.Status, answer.Body.GetProperty("error").GetString())));
        Assert.Single(answers.Select(answer => answer.Body.GetProperty("error_description").GetString()).Distinct());
        Assert.Equal("invalid_client", (await PostAsync(user.Username, password, secret: "guessed")).Body.GetProperty("error").GetString());
        Assert.Equal("invalid_request", (await PostAsync(user.Username, "")).Body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task The_clients_secret_alone_signs_nobody_in()
    {
        var (status, body) = await SendAsync(new() { ["grant_type"] = "client_credentials", ["client_id"] = "client-of-wiki", ["client_secret"] = OpenIdPlane.ClientSecret });

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request"), (status, body.GetProperty("error").GetString()));
    }

    [Theory]
    [InlineData("password")]
    [InlineData("secret")]
    [InlineData("user")]
    [InlineData("access")]
    public async Task The_tokens_end_with_what_they_were_given_for(string what)
    {
        var (user, password) = await AddAsync($"machine-gone-{what}");
        var (_, tokens) = await PostAsync(user.Username, password);
        var access = AccessOf(tokens);
        Assert.NotNull(await UserInfoAsync(access));
        Assert.True(await IsActiveAsync(access));

        await Plane.ChangeAsync(context =>
        {
            switch (what)
            {
                case "password":
                    context.Remove(context.Tokens.Single(token => token.UserId == user.Id));
                    break;
                case "secret":
                    TokenSecret.Replace(context.Tokens.Single(token => token.UserId == user.Id), Plane.Service<KeyWrap>(), CredentialFormat.Create());
                    break;
                case "user":
                    context.Users.Single(row => row.Id == user.Id).IsActive = false;
                    break;
                default:
                    context.Add(new Binding { ApplicationId = context.Applications.Single(row => row.Slug == "wiki").Id, UserId = user.Id, Negate = true, Order = 0 });
                    break;
            }
        });

        Assert.Null(await UserInfoAsync(access));
        Assert.False(await IsActiveAsync(access));
        Assert.Equal("invalid_grant", (await PostAsync(user.Username, password)).Body.GetProperty("error").GetString());
        await Plane.ChangeAsync(context => context.RemoveRange(context.Bindings.Where(binding => binding.UserId == user.Id)));
    }

    [Fact]
    public async Task The_tokens_end_no_later_than_the_app_password()
    {
        var (user, password) = await AddAsync("machine-short", change: token => token.ExpiresAt = TimeProvider.System.GetUtcNow().AddMinutes(10));

        var (_, tokens) = await PostAsync(user.Username, password);

        Assert.InRange(tokens.GetProperty("expires_in").GetInt32(), 1, 600);
    }

    private async Task<(User User, string Password)> AddAsync(string name, TokenIntent intent = TokenIntent.AppPassword, Action<ControlPlane.Tokens.Token>? change = null)
    {
        var user = Samples.User(name);
        var wrap = Plane.Service<KeyWrap>();
        var token = TokenSecret.Create(wrap, name, intent, user.Id, Samples.Now);
        token.ExpiresAt = Samples.Now.AddHours(1);
        change?.Invoke(token);
        await Plane.ChangeAsync(context => context.AddRange(user, token));
        return (user, TokenSecret.Show(token, wrap));
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string username, string password, string? secret = null, string clientId = "client-of-wiki")
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = clientId,
            ["username"] = username,
            ["password"] = password,
            ["scope"] = "openid profile email offline_access goauthentik.io/api",
        };
        if (secret is not null)
        {
            form["client_secret"] = secret;
        }

        return SendAsync(form);
    }

    // With the outpost's token: a machine's sign-in is no ticket all the same.
    private async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(Dictionary<string, string> form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "application/o/token/") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add(ChannelRoutes.OutpostTokenHeader, Plane.OutpostToken);
        using var answer = await Plane.Http.SendAsync(request, Cancel);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel));
    }

    /// <summary>Null: refused.</summary>
    private async Task<JsonElement?> UserInfoAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "application/o/userinfo/");
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await Plane.Http.SendAsync(request, Cancel);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel) : null;
    }

    private async Task<bool> IsActiveAsync(string token)
    {
        var form = new Dictionary<string, string> { ["client_id"] = "client-of-wiki", ["client_secret"] = OpenIdPlane.ClientSecret, ["token"] = token };
        using var answer = await Plane.Http.PostAsync(new Uri("application/o/introspect/", UriKind.Relative), new FormUrlEncodedContent(form), Cancel);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("active").GetBoolean();
    }

    private static string AccessOf(JsonElement tokens) => tokens.GetProperty("access_token").GetString()!;
}
