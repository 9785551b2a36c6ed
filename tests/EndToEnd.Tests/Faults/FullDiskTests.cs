using System.Net;
using Sidecar.Demo.Processes;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.Disks;
using Sidecar.TestKit.Installations;
using Sidecar.TestKit.Processes;

namespace Sidecar.EndToEnd.Tests.Faults;

/// <summary>An outpost whose disk takes nothing any more: it decides as before, enforces what changes, and a restart never brings back what was taken away.</summary>
[Trait("Kind", "Slow")]
public sealed class FullDiskTests : IAsyncLifetime
{
    private const string OpenPath = "/public/page";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Browser _browser = new();
    private ProtectedSite _site = null!;
    private SmallDisk _disk = null!;
    private StandAloneOutpost _outpost = null!;
    private string _ticket = null!;

    private string State => Path.Combine(_disk.Path, "outpost");

    public async ValueTask InitializeAsync()
    {
        _site = await ProtectedSite.StartAsync();
        await _site.Api.PatchAsync($"providers/proxy/{_site.Provider}/", new { skip_path_regex = "^/public/" });
        _disk = await SmallDisk.CreateAsync(kilobytes: 512);
        _outpost = await _site.AddOutpostAsync("edge", new() { ["SIDECAR_DATA"] = _disk.Path });
        _ticket = await _site.SignInAsync(_browser);
        await ExpectAsync(HttpStatusCode.OK, _ticket);
        await ExpectAsync(HttpStatusCode.OK, null, OpenPath);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _outpost.DisposeAsync();
        await _disk.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task What_was_taken_away_while_the_disk_was_full_stays_away_after_a_restart_without_the_control_plane()
    {
        _disk.Fill();
        await TakeAwayAsync();
        _disk.Fill();

        await _site.Server.StopAsync();
        await _outpost.KillAsync();
        await _outpost.StartAgainAsync();

        // What is kept, nothing or the new, depends on a few bytes of room.
        Assert.NotEqual(HttpStatusCode.OK, (await Question(null, OpenPath).AskAsync(_outpost.Address)).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await Question(_ticket).AskAsync(_outpost.Address)).Status);

        await _site.Server.StartAgainAsync();
        await ExpectAsync(HttpStatusCode.Unauthorized, null, OpenPath);
        await ExpectAsync(HttpStatusCode.Forbidden, _ticket);
    }

    [Fact]
    public async Task With_room_again_everything_is_kept_again()
    {
        _disk.Fill();
        await TakeAwayAsync();
        _disk.Free();

        await _site.Api.PatchAsync($"providers/proxy/{_site.Provider}/", new { skip_path_regex = "^/press/" });
        await ExpectAsync(HttpStatusCode.OK, null, "/press/kit");
        await KeptAsync("snapshot");
        await KeptAsync("principals");

        await _site.Server.StopAsync();
        await _outpost.KillAsync();
        await _outpost.StartAgainAsync();
        await ExpectAsync(HttpStatusCode.OK, null, "/press/kit");
        await ExpectAsync(HttpStatusCode.Forbidden, _ticket);
    }

    [Fact]
    public async Task A_first_start_that_finds_no_room_says_so_and_ends()
    {
        await using var full = await SmallDisk.CreateAsync(kilobytes: 64);
        full.Fill();

        var problem = await Assert.ThrowsAnyAsync<Exception>(() => _site.AddOutpostAsync("full", new() { ["SIDECAR_DATA"] = full.Path }));

        Assert.Contains("ended with 2", problem.Message, StringComparison.Ordinal);
        Assert.Contains("No space left", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_starts_again_on_a_disk_that_is_full()
    {
        await using var disk = await SmallDisk.CreateAsync(kilobytes: 24 * 1024);
        await using var server = await SidecarServer.StartAsync(data: disk.Path);
        disk.Fill();
        await server.StopAsync();
        disk.Fill();

        await server.StartAgainAsync();

        Assert.True(server.IsRunning);
        Assert.DoesNotContain("Unhandled", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_the_disk_does_not_take_is_not_left_half_made()
    {
        _disk.Fill();
        var path = Path.Combine(_disk.Path, "policy-key.pem");

        await using var command = await ServerProcess.StartAsync(new ChildCommand(PublishedPrograms.Outpost, "snapshot-key", path), Ready.WhenEnded());

        Assert.Equal(2, await command.Exited);
        Assert.False(File.Exists(path));
    }

    /// <summary>The open path, by a new snapshot, and Ana's right, by a change of hers.</summary>
    private async Task TakeAwayAsync()
    {
        await _site.Api.PatchAsync($"providers/proxy/{_site.Provider}/", new { skip_path_regex = "" });
        await ExpectAsync(HttpStatusCode.Unauthorized, null, OpenPath);
        await _site.Api.RemoveFromGroupAsync(_site.Group, _site.User);
        await ExpectAsync(HttpStatusCode.Forbidden, _ticket);
    }

    private Task ExpectAsync(HttpStatusCode status, string? ticket, string path = "/") =>
        Question(ticket, path).WaitForAsync(_outpost.Address, status, Patience);

    private ForwardAuthQuestion Question(string? ticket, string path = "/") => _site.Question(ticket, path) with { IsNavigation = false };

    private async Task KeptAsync(string name)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Patience);
        while (!File.Exists(Path.Combine(State, name)))
        {
            await Task.Delay(50, late.Token);
        }
    }
}
