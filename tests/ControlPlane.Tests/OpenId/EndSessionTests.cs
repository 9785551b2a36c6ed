using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Sidecar.ControlPlane.Tests.OpenId;

public class EndSessionTests(OpenIdFixture fixture) : IClassFixture<OpenIdFixture>
{
    private const string EndSession = "application/o/wiki/end-session/";
    private const string Wiki = "https://wiki.example/";

    [Fact]
    public async Task An_id_token_of_the_session_ends_it_and_the_browser_goes_to_the_applications_address()
    {
        var visitor = await fixture.Plane.SignInAsync("hint");
        var hint = (await visitor.TokensAsync()).GetProperty("id_token").GetString()!;

        var last = await FollowAsync(visitor, AddressOf(Wiki, hint), "cross-site");

        Assert.Equal(Wiki, last);
        Assert.False(await StandsAsync(visitor));
    }

    [Fact]
    public async Task Another_site_cannot_sign_a_user_out()
    {
        var visitor = await fixture.Plane.SignInAsync("cross-site");
        var other = await fixture.Plane.SignInAsync("cross-site-other");
        var hint = (await other.TokensAsync()).GetProperty("id_token").GetString()!;

        await FollowAsync(visitor, AddressOf(Wiki, hint: null), "cross-site");
        await FollowAsync(visitor, AddressOf(Wiki, hint), "cross-site");

        Assert.True(await StandsAsync(visitor));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("https://wiki.example.evil.example/")]
    [InlineData("https://wiki.example/elsewhere")]
    [InlineData("http://wiki.example/")]
    public async Task Only_an_address_of_the_application_is_gone_to(string address)
    {
        var visitor = await fixture.Plane.SignInAsync($"elsewhere-{Guid.NewGuid():N}");

        using var answer = await visitor.OpenAsync(AddressOf(address, hint: null), "same-origin");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True(await StandsAsync(visitor));
    }

    private static string AddressOf(string after, string? hint) => QueryHelpers.AddQueryString(
        EndSession, new Dictionary<string, string?> { ["post_logout_redirect_uri"] = after, ["id_token_hint"] = hint });

    private static async Task<string> FollowAsync(Visitor visitor, string address, string fetchSite)
    {
        for (var hops = 0; hops < 10; hops++)
        {
            using var answer = await visitor.OpenAsync(address, fetchSite);
            if (answer.Headers.Location is not { } location || location.IsAbsoluteUri)
            {
                return answer.Headers.Location?.AbsoluteUri ?? address;
            }

            address = location.OriginalString;
        }

        throw new Xunit.Sdk.XunitException("Redirects without end");
    }

    private async Task<bool> StandsAsync(Visitor visitor)
    {
        await using var context = fixture.Plane.Open();
        return await context.Sessions.AnyAsync(session => session.Id == visitor.Session.Id, TestContext.Current.CancellationToken);
    }
}
