using System.Net;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.Databases;
using Sidecar.TestKit.Installations;

namespace Sidecar.EndToEnd.Tests.Replicas;

/// <summary>Two control planes on one PostgreSQL, told of each other's changes by Redis: what is changed at one, an outpost of the other enforces.</summary>
[Trait("Kind", "Slow")]
public sealed class ReplicasTests : IAsyncLifetime
{
    // The design's promises: while the stream is up and announcements arrive, and while somebody must poll.
    private static readonly TimeSpan Announced = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Polled = TimeSpan.FromSeconds(6);

    private readonly Browser _browser = new();
    private PostgresServer _postgres = null!;
    private RedisServer _redis = null!;
    private ProtectedSite _here = null!;
    private SidecarServer _there = null!;
    private StandAloneOutpost _outpost = null!;
    private string _ticket = null!;

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync();
        _redis = await RedisServer.StartAsync();
        var environment = await _postgres.NewInstallationAsync();
        foreach (var (name, value) in _redis.Environment)
        {
            environment[name] = value;
        }

        _here = await ProtectedSite.StartAsync(environment);
        _there = await SidecarServer.StartAsync(environment);
        _outpost = await _here.AddOutpostAsync("edge", new() { ["AUTHENTIK_HOST"] = _there.Address.ToString() });
        _ticket = await _here.SignInAsync(_browser);
        await ExpectAsync(HttpStatusCode.OK, TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _outpost.DisposeAsync();
        await _there.DisposeAsync();
        await _here.DisposeAsync();
        await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    [Fact]
    public async Task A_change_at_one_is_enforced_by_an_outpost_of_the_other_with_redis_without_it_and_with_it_again()
    {
        await ChangesAreEnforcedAsync(Announced);

        await _redis.StopAsync();
        await ChangesAreEnforcedAsync(Polled);

        // What was announced to nobody is not lost.
        await _here.Api.RemoveFromGroupAsync(_here.Group, _here.User);
        await _redis.RestartAsync();
        await ExpectAsync(HttpStatusCode.Forbidden, Polled);
        await _here.Api.AddToGroupAsync(_here.Group, _here.User);
        await ExpectAsync(HttpStatusCode.OK, Polled);

        await ChangesAreEnforcedAsync(Announced);
    }

    [Fact]
    public async Task An_outpost_whose_control_plane_dies_goes_on_at_the_other()
    {
        await _there.KillAsync();
        await _here.Api.RemoveFromGroupAsync(_here.Group, _here.User);
        await ExpectAsync(HttpStatusCode.OK, Announced);

        await _there.StartAgainAsync();

        await ExpectAsync(HttpStatusCode.Forbidden, TimeSpan.FromSeconds(15));
    }

    private async Task ChangesAreEnforcedAsync(TimeSpan promise)
    {
        await _here.Api.RemoveFromGroupAsync(_here.Group, _here.User);
        await ExpectAsync(HttpStatusCode.Forbidden, promise);
        await _here.Api.AddToGroupAsync(_here.Group, _here.User);
        await ExpectAsync(HttpStatusCode.OK, promise);

        // A change of the snapshot is published by either, and announced once more.
        await _here.Api.PatchAsync($"providers/proxy/{_here.Provider}/", new { skip_path_regex = "^/public/" });
        await PublicPathAsync(HttpStatusCode.OK, promise);
        await _here.Api.PatchAsync($"providers/proxy/{_here.Provider}/", new { skip_path_regex = "" });
        await PublicPathAsync(HttpStatusCode.Unauthorized, promise);
    }

    private Task ExpectAsync(HttpStatusCode status, TimeSpan promise) => _here.Question(_ticket).WaitForAsync(_outpost.Address, status, promise);

    private Task PublicPathAsync(HttpStatusCode status, TimeSpan promise) =>
        (_here.Question(null, "/public/logo.svg") with { IsNavigation = false }).WaitForAsync(_outpost.Address, status, promise);
}
