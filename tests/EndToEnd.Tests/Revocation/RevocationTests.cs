using System.Net;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.Installations;

namespace Sidecar.EndToEnd.Tests.Revocation;

/// <summary>What an administrator takes away is gone on the next request, without a new sign-in; what is given back works again with the same ticket.</summary>
[Trait("Kind", "Slow")]
public sealed class RevocationTests : IAsyncLifetime
{
    // The design's promise while the stream is up.
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(1);

    private readonly Browser _browser = new();
    private ProtectedSite _site = null!;
    private string _ticket = null!;

    public async ValueTask InitializeAsync()
    {
        _site = await ProtectedSite.StartAsync();
        _ticket = await _site.SignInAsync(_browser);
        await _site.WaitForAsync(HttpStatusCode.OK, _ticket);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task A_user_who_left_the_group_is_refused_and_one_who_came_back_enters()
    {
        await _site.Api.RemoveFromGroupAsync(_site.Group, _site.User);
        await ExpectAsync(HttpStatusCode.Forbidden);

        await _site.Api.AddToGroupAsync(_site.Group, _site.User);
        await ExpectAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Moving_a_parent_group_takes_its_members_access_away()
    {
        var crew = await _site.Api.CreateGroupAsync("Crew", parent: _site.Group);
        await _site.Api.AddToGroupAsync(crew, _site.User);
        await _site.Api.RemoveFromGroupAsync(_site.Group, _site.User);
        await ExpectAsync(HttpStatusCode.OK);

        await _site.Api.PatchAsync($"core/groups/{crew}/", new { parents = Array.Empty<Guid>() });
        await ExpectAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_disabled_user_is_refused()
    {
        await _site.Api.PatchAsync($"core/users/{_site.User}/", new { is_active = false });
        await ExpectNotAllowedAsync();
    }

    [Fact]
    public async Task A_deleted_user_is_refused()
    {
        await _site.Api.DeleteAsync($"core/users/{_site.User}/");
        await ExpectNotAllowedAsync();
    }

    [Fact]
    public async Task A_session_that_an_administrator_ended_is_refused()
    {
        var sessions = await _site.Api.GetAsync($"core/authenticated_sessions/?user__username={ProtectedSite.Username}");
        foreach (var session in sessions.GetProperty("results").EnumerateArray())
        {
            await _site.Api.DeleteAsync($"core/authenticated_sessions/{session.GetProperty("uuid").GetString()}/");
        }

        await ExpectNotAllowedAsync();
    }

    [Fact]
    public async Task A_new_binding_that_the_user_does_not_meet_bites_at_once()
    {
        await _site.Api.PatchAsync("core/applications/app/", new { policy_engine_mode = "all" });
        await _site.Api.BindGroupAsync(_site.Application, await _site.Api.CreateGroupAsync("Directors"), order: 1);
        await ExpectAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_deleted_application_is_unknown_at_once()
    {
        await _site.Api.DeleteAsync("core/applications/app/");
        await ExpectAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task After_sign_out_at_the_application_the_ticket_is_worth_nothing()
    {
        await _browser.NavigateAsync(new Uri(_site.ExternalHost, "outpost.goauthentik.io/sign_out"));
        await ExpectNotAllowedAsync();
    }

    private Task ExpectAsync(HttpStatusCode status) => _site.Question(_ticket).WaitForAsync(_site.Server.Address, status, Promise);

    private async Task ExpectNotAllowedAsync()
    {
        // Whether a navigation is refused or sent to sign in again depends on what was taken away; a script always gets 401 or 403.
        var question = _site.Question(_ticket) with { IsNavigation = false };
        var until = TimeProvider.System.GetTimestamp();
        HttpStatusCode status;
        do
        {
            status = (await question.AskAsync(_site.Server.Address)).Status;
        }
        while (status == HttpStatusCode.OK && TimeProvider.System.GetElapsedTime(until) < Promise);

        Assert.True(status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, $"answered {(int)status}");
    }
}
