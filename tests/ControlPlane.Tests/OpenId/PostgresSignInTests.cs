using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Sidecar.Contracts.Tickets;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.OpenId;

/// <summary>The ways of a sign-in that depend on what the database does; every other test of the OpenID provider runs on SQLite.</summary>
public sealed class PostgresSignInTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_code_becomes_a_ticket_and_tokens_which_are_renewed_and_taken_back()
    {
        await using var plane = await OpenIdPlane.StartAsync(postgres: postgres);
        var visitor = await plane.SignInAsync("ana");

        var (status, tokens) = await visitor.PostAsync("token", Visitor.Redemption(await visitor.CodeAsync()), plane.OutpostToken);

        Assert.Equal(HttpStatusCode.OK, status);
        var ticket = new JsonWebToken(tokens.GetProperty("sidecar").GetProperty("ticket").GetString());
        Assert.Equal((Ticket.Type, visitor.User.Id.ToString()), (ticket.Typ, ticket.Subject));
        await using (var context = plane.Open())
        {
            Assert.Equal(visitor.Session.Id, (await context.SessionGrants.SingleAsync(Cancel)).SessionId);
        }

        var (renewed, fresh) = await visitor.PostAsync("token", Visitor.Refresh(tokens));
        Assert.Equal(HttpStatusCode.OK, renewed);
        Assert.True(await visitor.IsActiveAsync(AccessOf(fresh)));

        await visitor.PostAsync("revoke", new() { ["token"] = fresh.GetProperty("refresh_token").GetString()! });
        Assert.Equal("invalid_grant", (await visitor.PostAsync("token", Visitor.Refresh(fresh))).Body.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Of_parallel_redemptions_of_one_code_one_succeeds_and_a_later_one_takes_its_tokens_back()
    {
        await using var plane = await OpenIdPlane.StartAsync(postgres: postgres);
        var visitor = await plane.SignInAsync("ana");
        var code = await visitor.CodeAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => visitor.PostAsync("token", Visitor.Redemption(code), plane.OutpostToken)));

        var won = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal("invalid_grant", (await visitor.PostAsync("token", Visitor.Redemption(code))).Body.GetProperty("error").GetString());
        Assert.False(await visitor.IsActiveAsync(AccessOf(won.Body)));
    }

    [Fact]
    public async Task A_consent_is_asked_for_once_and_the_end_of_the_session_ends_its_tokens()
    {
        await using var plane = await OpenIdPlane.StartAsync(postgres: postgres);
        var visitor = await plane.SignInAsync("ana");
        var access = AccessOf(await visitor.TokensAsync());
        var request = await plane.RequestAtAsync("notes", "default-provider-authorization-explicit-consent");

        using var page = await visitor.AuthorizeAsync(request);
        using var agreed = await visitor.AgreeAsync(page.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.SeeOther, agreed.StatusCode);
        Assert.NotEqual(await visitor.CodeAsync(request), await visitor.CodeAsync(request));

        Assert.True(await visitor.IsActiveAsync(access));
        await plane.ChangeAsync(context => context.Sessions.Remove(context.Sessions.Single(row => row.Id == visitor.Session.Id)));
        Assert.False(await visitor.IsActiveAsync(access));
    }

    private static string AccessOf(JsonElement tokens) => tokens.GetProperty("access_token").GetString()!;
}
