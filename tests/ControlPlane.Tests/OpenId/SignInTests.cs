using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Sidecar.Contracts.Tickets;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.ControlPlane.Tokens;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.OpenId;

public class SignInTests(OpenIdFixture fixture) : IClassFixture<OpenIdFixture>
{
    private OpenIdPlane Plane => fixture.Plane;

    [Fact]
    public async Task An_outpost_gets_a_ticket_and_the_principal_with_the_session()
    {
        var visitor = await Plane.SignInAsync("ticket");

        var (status, tokens) = await visitor.PostAsync("token", Visitor.Redemption(await visitor.CodeAsync()), Plane.OutpostToken);

        Assert.Equal(HttpStatusCode.OK, status);
        var grant = tokens.GetProperty("sidecar");
        var ticket = new JsonWebToken(grant.GetProperty("ticket").GetString());
        Assert.Equal(Ticket.Type, ticket.Typ);
        Assert.Equal(Ticket.Algorithm, ticket.Alg);
        Assert.Equal(visitor.User.Id.ToString(), ticket.Subject);
        Assert.Equal("client-of-wiki", Assert.Single(ticket.Audiences));
        Assert.Equal(visitor.Session.Id.ToString(), ticket.GetClaim(Ticket.SessionClaim).Value);
        Assert.True(ticket.ValidTo <= visitor.Session.AbsoluteEnd.UtcDateTime);
        Assert.Equal(visitor.Session.Id, Assert.Single(grant.GetProperty("principal").GetProperty("sessions").EnumerateArray()).GetGuid());
    }

    [Fact]
    public async Task Without_the_token_of_an_outpost_that_serves_the_client_there_is_no_ticket()
    {
        var visitor = await Plane.SignInAsync("no-ticket");
        Token? foreign = null;
        await Plane.ChangeAsync(context =>
        {
            OutpostFactory.Add(context, Plane.Service<KeyWrap>(), "serves nothing", Samples.Now);
            foreign = context.Tokens.Local.Single();
        });

        foreach (var token in (string?[])[null, "not a token", TokenSecret.Show(foreign!, Plane.Service<KeyWrap>())])
        {
            var (status, tokens) = await visitor.PostAsync("token", Visitor.Redemption(await visitor.CodeAsync()), token);

            Assert.Equal(HttpStatusCode.OK, status);
            Assert.False(tokens.TryGetProperty("sidecar", out _));
        }
    }

    [Fact]
    public async Task The_id_token_says_what_authentiks_scope_mappings_say_under_the_public_issuer_and_nothing_private()
    {
        var visitor = await Plane.SignInAsync("claims");

        var token = new JsonWebToken((await visitor.TokensAsync()).GetProperty("id_token").GetString());

        Assert.Equal(OpenIdPlane.Issuer, token.Issuer);
        Assert.Equal(visitor.User.Uid, token.Subject);
        Assert.Equal("claims", token.GetClaim("preferred_username").Value);
        Assert.Equal("claims@example.com", token.GetClaim("email").Value);
        Assert.Equal("a nonce", token.GetClaim("nonce").Value);
        Assert.Equal(visitor.Session.Id.ToString(), token.GetClaim("sid").Value);
        Assert.False(JsonDocument.Parse(token.GetClaim("ak_proxy").Value).RootElement.GetProperty("is_superuser").GetBoolean());
        Assert.DoesNotContain(token.Claims, claim => claim.Type.StartsWith("oi_", StringComparison.Ordinal));
        Assert.Equal(Plane.Service<KeyRing>().Current(KeyPurpose.OpenId).Kid, token.Kid);
    }

    [Fact]
    public async Task The_groups_of_somebody_in_one_group_are_a_list_of_one()
    {
        var visitor = await Plane.SignInAsync("member");
        await Plane.ChangeAsync(context =>
        {
            var group = new Group { Name = "Readers" };
            context.Groups.Add(group);
            context.Memberships.Add(new Membership { UserId = visitor.User.Id, GroupId = group.Id });
        });

        var payload = new JsonWebToken((await visitor.TokensAsync()).GetProperty("id_token").GetString()).EncodedPayload;

        var claims = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(payload)).RootElement;
        Assert.Equal("""["Readers"]""", claims.GetProperty("groups").GetRawText());
    }

    [Theory]
    [InlineData("code_challenge", null)]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("code_challenge_method", null)]
    [InlineData("nonce", null)]
    [InlineData("client_id", "nobody")]
    [InlineData("redirect_uri", null)]
    [InlineData("redirect_uri", "https://wiki.example/outpost.goauthentik.io/callback")]
    [InlineData("redirect_uri", "http://wiki.example/outpost.goauthentik.io/callback?X-authentik-auth-callback=true")]
    [InlineData("redirect_uri", "https://wikiaexample/outpost.goauthentik.io/callback?X-authentik-auth-callback=true")]
    [InlineData("redirect_uri", "https://WIKI.example/outpost.goauthentik.io/callback?X-authentik-auth-callback=true")]
    [InlineData("redirect_uri", "https://wiki.example/outpost.goauthentik.io/callback?X-authentik-auth-callback=true&a=b")]
    [InlineData("redirect_uri", "https://wiki.example@evil.example/outpost.goauthentik.io/callback?X-authentik-auth-callback=true")]
    [InlineData("redirect_uri", "javascript:alert(1)")]
    [InlineData("response_type", "token")]
    [InlineData("response_mode", "fragment")]
    public async Task A_request_that_asks_for_less_safety_gets_a_page_and_no_redirect(string parameter, string? value)
    {
        var visitor = await Plane.SignInAsync($"unsafe-{Guid.NewGuid():N}");
        var request = Visitor.Request;
        request.Remove(parameter);
        if (value is not null)
        {
            request[parameter] = value;
        }

        using var answer = await visitor.AuthorizeAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Theory]
    [InlineData("code_verifier", null)]
    [InlineData("code_verifier", "another-verifier-of-at-least-forty-three-characters")]
    [InlineData("redirect_uri", "https://wiki.example/")]
    [InlineData("redirect_uri", null)]
    public async Task A_code_is_worth_nothing_without_its_verifier_and_redirect_address(string parameter, string? value)
    {
        var visitor = await Plane.SignInAsync($"verifier-{Guid.NewGuid():N}");
        var redemption = Visitor.Redemption(await visitor.CodeAsync());
        redemption.Remove(parameter);
        if (value is not null)
        {
            redemption[parameter] = value;
        }

        var (status, body) = await visitor.PostAsync("token", redemption, Plane.OutpostToken);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.False(body.TryGetProperty("sidecar", out _));
    }

    [Fact]
    public async Task A_code_redeemed_twice_is_refused_and_takes_back_the_tokens_that_it_gave()
    {
        var visitor = await Plane.SignInAsync("twice");
        var code = await visitor.CodeAsync();
        var (_, tokens) = await visitor.PostAsync("token", Visitor.Redemption(code));
        var access = tokens.GetProperty("access_token").GetString()!;
        Assert.True(await visitor.IsActiveAsync(access));

        var (status, body) = await visitor.PostAsync("token", Visitor.Redemption(code), Plane.OutpostToken);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("invalid_grant", body.GetProperty("error").GetString());
        Assert.False(await visitor.IsActiveAsync(access));
        Assert.Equal("invalid_grant", (await visitor.PostAsync("token", Visitor.Refresh(tokens))).Body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Of_parallel_redemptions_of_one_code_one_succeeds()
    {
        var visitor = await Plane.SignInAsync("parallel");
        var code = await visitor.CodeAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => visitor.PostAsync("token", Visitor.Redemption(code))));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_code_of_another_client_and_a_wrong_secret_are_refused()
    {
        var visitor = await Plane.SignInAsync("other-client");
        var code = await visitor.CodeAsync();

        var other = await visitor.PostAsync("token", Visitor.Redemption(code), clientId: "client-of-mail");
        var wrong = await visitor.PostAsync("token", Visitor.Redemption(code), secret: "guessed");

        Assert.Equal("invalid_grant", other.Body.GetProperty("error").GetString());
        Assert.Equal("invalid_client", wrong.Body.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("user")]
    [InlineData("session")]
    [InlineData("access")]
    public async Task When_user_session_or_access_goes_every_grant_ends(string what)
    {
        var visitor = await Plane.SignInAsync($"gone-{what}");
        var tokens = await visitor.TokensAsync();
        var access = tokens.GetProperty("access_token").GetString()!;
        var code = await visitor.CodeAsync();
        using (var before = await visitor.UserInfoAsync(access))
        {
            Assert.Equal(visitor.User.Uid, (await before.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("sub").GetString());
        }

        ControlPlane.Policies.Binding? binding = null;
        await Plane.ChangeAsync(context =>
        {
            switch (what)
            {
                case "user":
                    context.Users.Single(user => user.Id == visitor.User.Id).IsActive = false;
                    break;
                case "session":
                    context.Sessions.Remove(context.Sessions.Single(session => session.Id == visitor.Session.Id));
                    break;
                default:
                    binding = new ControlPlane.Policies.Binding
                    {
                        ApplicationId = context.Applications.Single(row => row.Slug == "wiki").Id,
                        UserId = visitor.User.Id,
                        Negate = true,
                        Order = 0,
                    };
                    context.Add(binding);
                    break;
            }
        });

        try
        {
            Assert.Equal("invalid_grant", (await visitor.PostAsync("token", Visitor.Redemption(code), Plane.OutpostToken)).Body.GetProperty("error").GetString());
            Assert.Equal("invalid_grant", (await visitor.PostAsync("token", Visitor.Refresh(tokens))).Body.GetProperty("error").GetString());
            Assert.False(await visitor.IsActiveAsync(access));
            using var userInfo = await visitor.UserInfoAsync(access);
            Assert.Equal(HttpStatusCode.Unauthorized, userInfo.StatusCode);
        }
        finally
        {
            await Plane.ChangeAsync(context => context.RemoveRange(binding is null ? [] : [binding]));
        }
    }

    [Fact]
    public async Task A_ticket_and_an_id_token_open_no_endpoint()
    {
        var visitor = await Plane.SignInAsync("typ");
        var (_, tokens) = await visitor.PostAsync("token", Visitor.Redemption(await visitor.CodeAsync()), Plane.OutpostToken);

        foreach (var token in (string[])[tokens.GetProperty("sidecar").GetProperty("ticket").GetString()!, tokens.GetProperty("id_token").GetString()!])
        {
            using var answer = await visitor.UserInfoAsync(token);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        Assert.False(await visitor.IsActiveAsync(tokens.GetProperty("sidecar").GetProperty("ticket").GetString()!));
    }

    [Fact]
    public async Task No_token_of_a_sign_in_at_an_application_opens_the_API()
    {
        var visitor = await Plane.SignInAsync("api");
        var (_, tokens) = await visitor.PostAsync("token", Visitor.Redemption(await visitor.CodeAsync()), Plane.OutpostToken);

        foreach (var token in (string[])
        [
            tokens.GetProperty("sidecar").GetProperty("ticket").GetString()!, tokens.GetProperty("id_token").GetString()!, tokens.GetProperty("access_token").GetString()!,
        ])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "api/v3/core/users/me/");
            request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", token);
            using var answer = await Plane.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Nobody_signed_in_is_led_to_the_sign_in_and_asked_nothing_when_the_request_forbids_it()
    {
        var nobody = (await Plane.SignInAsync("nobody")) with { Cookie = "no-session" };
        var silent = Visitor.Request;
        silent["prompt"] = "none";

        using var page = await nobody.AuthorizeAsync();
        using var error = await nobody.AuthorizeAsync(silent);

        Assert.StartsWith("/if/flow/default-authentication-flow/", page.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal("login_required", QueryHelpers.ParseQuery(error.Headers.Location!.Query)["error"]);
    }

    [Fact]
    public async Task A_request_of_nobody_stores_nothing_and_its_page_opens_in_this_browser_only()
    {
        var request = await Plane.RequestAtAsync("unstored", "default-provider-authorization-implicit-consent");
        var nobody = (await Plane.SignInAsync("unstored")) with { Cookie = "no-session" };
        var other = (await Plane.SignInAsync("unstored-other")) with { Cookie = "no-session" };

        using var redirect = await nobody.AuthorizeAsync(request);
        var address = redirect.Headers.Location!.OriginalString;
        using var opened = await nobody.OpenAsync(address);
        using var foreign = await other.OpenAsync(address);
        using var damaged = await nobody.OpenAsync(address + "A");

        await using (var context = Plane.Open())
        {
            Assert.DoesNotContain(
                await context.FlowRuns.ToListAsync(TestContext.Current.CancellationToken), run => run.Context.GetRawText().Contains("client-of-unstored", StringComparison.Ordinal));
        }

        var page = await Page.ReadAsync(opened);
        Assert.Contains("unstored", page.Text, StringComparison.Ordinal);
        Assert.NotNull(HtmlForm.In(page));
        Assert.Equal("/if/flow/default-authentication-flow/", foreign.Headers.Location?.OriginalString);
        Assert.Equal("/if/flow/default-authentication-flow/", damaged.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Whoever_signed_in_in_another_tab_goes_on_to_the_application_that_the_page_was_for()
    {
        var ana = await Plane.SignInAsync("two-tabs");
        var nobody = ana with { Cookie = "no-session" };
        using var first = await nobody.AuthorizeAsync(new(Visitor.Request) { ["state"] = "first" });
        using var second = await nobody.AuthorizeAsync(new(Visitor.Request) { ["state"] = "second" });
        var address = second.Headers.Location!.OriginalString;
        using var page = await nobody.OpenAsync(address);

        // As after the sign-in in the first tab: a session, and the cookie of before is gone.
        var signedIn = await Plane.SignInAsync("two-tabs-signed-in");
        using var reloaded = await signedIn.OpenAsync(address);
        using var answered = await signedIn.AnswerAsync(HtmlForm.In(await Page.ReadAsync(page))!);
        using var damaged = await signedIn.OpenAsync(address + "A");

        Assert.NotEqual(first.Headers.Location!.OriginalString, address);
        Assert.All([reloaded, answered], answer =>
        {
            Assert.StartsWith("/application/o/authorize/?", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
            Assert.Contains("state=second", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        });
        using var code = await signedIn.OpenAsync(reloaded.Headers.Location!.OriginalString.TrimStart('/'));
        Assert.StartsWith(OpenIdPlane.RedirectUri, code.Headers.Location?.OriginalString, StringComparison.Ordinal);
        Assert.Equal("/if/flow/default-authentication-flow/", damaged.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_request_that_is_too_long_to_be_sealed_still_leads_to_the_sign_in_and_back()
    {
        var nobody = (await Plane.SignInAsync("long")) with { Cookie = "no-session" };
        var request = new Dictionary<string, string>(Visitor.Request) { ["state"] = new('s', 5000) };

        using var redirect = await nobody.AuthorizeAsync(request);

        Assert.StartsWith("/if/flow/default-authentication-flow/?next=", redirect.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prompt", "login")]
    [InlineData("max_age", "0")]
    public async Task A_request_for_a_fresh_sign_in_is_not_answered_from_the_session(string parameter, string value)
    {
        var visitor = await Plane.SignInAsync($"fresh-{parameter}");
        var request = Visitor.Request;
        request[parameter] = value;

        using var answer = await visitor.AuthorizeAsync(request);

        Assert.StartsWith("/if/flow/default-authentication-flow/", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_explicit_authorization_flow_is_asked_before_a_code_is_given()
    {
        var visitor = await Plane.SignInAsync("consent");
        Guid former = default;
        await Plane.ChangeAsync(context =>
        {
            var provider = context.ProxyProviders.Single(row => row.ClientId == "client-of-mail");
            former = provider.AuthorizationFlowId!.Value;
            provider.AuthorizationFlowId = context.Flows.Single(flow => flow.Slug == "default-provider-authorization-explicit-consent").Id;
        });
        var request = Visitor.Request;
        request["client_id"] = "client-of-mail";
        request["redirect_uri"] = OpenIdPlane.RedirectUri.Replace("wiki", "mail", StringComparison.Ordinal);

        using var answer = await visitor.AuthorizeAsync(request);

        Assert.StartsWith("/if/flow/default-provider-authorization-explicit-consent/", answer.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_forbids_asking_gets_a_code_behind_a_consent_that_is_remembered_and_leaves_nothing_when_it_is_not()
    {
        var visitor = await Plane.SignInAsync("remembered");
        var request = await Plane.RequestAtAsync("remembered", "default-provider-authorization-explicit-consent");
        var silent = new Dictionary<string, string>(request) { ["prompt"] = "none" };

        using var before = await visitor.AuthorizeAsync(silent);
        using var page = await visitor.AuthorizeAsync(request);
        using var agreed = await visitor.AgreeAsync(page.Headers.Location!.OriginalString);
        await visitor.CodeAsync(request);
        var (first, second) = (await visitor.CodeAsync(silent), await visitor.CodeAsync(silent));
        using var more = await visitor.AuthorizeAsync(new Dictionary<string, string>(silent) { ["scope"] = "openid profile" });

        Assert.Equal("consent_required", QueryHelpers.ParseQuery(before.Headers.Location!.Query)["error"]);
        Assert.Equal(HttpStatusCode.SeeOther, agreed.StatusCode);
        Assert.NotEqual(first, second);
        Assert.Equal("consent_required", QueryHelpers.ParseQuery(more.Headers.Location!.Query)["error"]);
        await using var context = Plane.Open();
        Assert.DoesNotContain(
            await context.FlowRuns.ToListAsync(TestContext.Current.CancellationToken), run => run.Context.GetRawText().Contains("client-of-remembered", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_request_that_forbids_asking_gets_a_code_where_nothing_is_asked()
    {
        var visitor = await Plane.SignInAsync("implicit");

        Assert.NotEmpty(await visitor.CodeAsync(new Dictionary<string, string>(Visitor.Request) { ["prompt"] = "none" }));
    }

    [Fact]
    public async Task A_user_without_access_gets_a_page_and_not_another_sign_in()
    {
        var visitor = await Plane.SignInAsync("no-access");
        var request = Visitor.Request;
        request["client_id"] = "client-of-mail";
        request["redirect_uri"] = OpenIdPlane.RedirectUri.Replace("wiki", "mail", StringComparison.Ordinal);
        await Plane.ChangeAsync(context => context.Add(new ControlPlane.Policies.Binding
        {
            ApplicationId = context.Applications.Single(row => row.Slug == "mail").Id,
            UserId = visitor.User.Id,
            Negate = true,
            Order = 0,
        }));

        using var answer = await visitor.AuthorizeAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
        await AssertSwitchesUserAsync(visitor, await Page.ReadAsync(answer));
    }

    // The page's button: the session ends, and the sign-in that follows leads back to the very request.
    private async Task AssertSwitchesUserAsync(Visitor visitor, Page page)
    {
        var link = new HtmlParser().ParseDocument(page.Text).QuerySelectorAll("a").Single(element => element.TextContent == "Sign in as somebody else").GetAttribute("href")!;
        using var flow = await visitor.OpenAsync(link, "same-origin");
        using var ended = await visitor.OpenAsync(flow.Headers.Location!.OriginalString, "same-origin");
        Assert.Equal(page.Address.PathAndQuery, ended.Headers.Location!.OriginalString);
        await using var context = Plane.Open();
        Assert.False(await context.Sessions.AnyAsync(session => session.Id == visitor.Session.Id, TestContext.Current.CancellationToken));

        using var signIn = await visitor.OpenAsync(ended.Headers.Location.OriginalString);
        Assert.StartsWith("/if/flow/default-authentication-flow/", signIn.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }
}
