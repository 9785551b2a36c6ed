using System.Net;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.Databases;
using Sidecar.TestKit.Installations;

namespace Sidecar.EndToEnd.Tests.Backup;

/// <summary>A control plane whose database goes back to a backup: its numbers are older than what the outposts have seen, and everything goes on.</summary>
[Trait("Kind", "Slow")]
public sealed class RestoredDatabaseTests : IAsyncLifetime
{
    private static readonly TimeSpan Back = TimeSpan.FromSeconds(20);

    private readonly Browser _browser = new();
    private readonly string _backup = Directory.CreateTempSubdirectory("sidecar-backup-").FullName;
    private ProtectedSite _site = null!;
    private StandAloneOutpost _outpost = null!;
    private string _ticket = null!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _outpost.DisposeAsync();
        await _site.DisposeAsync();
        Directory.Delete(_backup, recursive: true);
    }

    [Fact]
    public async Task The_database_file_alone_comes_back()
    {
        await StartAsync([]);
        await StoppedAsync(() => Copy(_site.Server.Data, _backup, "control-plane/*.db*"));

        await LaterAsync();
        await StoppedAsync(() => Copy(_backup, _site.Server.Data, "control-plane/*.db*"));

        await GoesOnAsync();
    }

    [Fact]
    public async Task The_whole_folder_of_the_control_plane_comes_back()
    {
        await StartAsync([]);
        await StoppedAsync(() => Copy(_site.Server.Data, _backup, "control-plane/*"));

        await LaterAsync();
        await StoppedAsync(() => Copy(_backup, _site.Server.Data, "control-plane/*"));

        await GoesOnAsync();
    }

    [Fact]
    public async Task A_PostgreSQL_database_comes_back()
    {
        await using var postgres = await PostgresServer.StartAsync();
        var environment = await postgres.NewInstallationAsync();
        var database = environment["AUTHENTIK_POSTGRESQL__NAME"];
        await StartAsync(environment);
        await StoppedAsync(() => postgres.ExecuteAsync("postgres", $"create database backup template {database}"));

        await LaterAsync();
        await StoppedAsync(async () =>
        {
            await postgres.ExecuteAsync("postgres", $"drop database {database} with (force)");
            await postgres.ExecuteAsync("postgres", $"create database {database} template backup");
        });

        await GoesOnAsync();
        await _outpost.StopAsync();
        await _site.Server.StopAsync();
    }

    private async Task StartAsync(Dictionary<string, string?> environment)
    {
        _site = await ProtectedSite.StartAsync(environment);
        _outpost = await _site.AddOutpostAsync("edge");
        _ticket = await _site.SignInAsync(_browser);
        await ExpectAsync(HttpStatusCode.OK, Back);
    }

    /// <summary>After the backup: other revisions of the person, the group and the snapshot than those that the restored database will count again.</summary>
    private async Task LaterAsync()
    {
        await ExpectAsync(HttpStatusCode.OK, Back);
        await _site.Api.CreateApplicationAsync("lost", "http://lost.sidecar.localhost");
        for (var i = 0; i < 3; i++)
        {
            await _site.Api.PatchAsync($"core/users/{_site.User}/", new { name = $"Ana {i}" });
            await _site.Api.PatchAsync("core/applications/app/", new { name = $"App {i}" });
        }

        await _site.Api.RemoveFromGroupAsync(_site.Group, _site.User);
        await ExpectAsync(HttpStatusCode.Forbidden, Back);
    }

    private async Task GoesOnAsync()
    {
        // She is in the group again, as she was when the backup was made, and the session that she had then stands.
        await ExpectAsync(HttpStatusCode.OK, Back);

        // Fewer changes than were lost: each of these numbers has been used before, for something else.
        await _site.Api.RemoveFromGroupAsync(_site.Group, _site.User);
        await ExpectAsync(HttpStatusCode.Forbidden, Back);
        await _site.Api.AddToGroupAsync(_site.Group, _site.User);
        await ExpectAsync(HttpStatusCode.OK, Back);
        await _site.Api.PatchAsync($"providers/proxy/{_site.Provider}/", new { skip_path_regex = "^/public/" });
        foreach (var outpost in Outposts)
        {
            await (_site.Question(null, "/public/logo.svg") with { IsNavigation = false }).WaitForAsync(outpost, HttpStatusCode.OK, Back);
        }
    }

    private IEnumerable<Uri> Outposts => [_site.Server.Address, _outpost.Address];

    private async Task ExpectAsync(HttpStatusCode status, TimeSpan deadline)
    {
        foreach (var outpost in Outposts)
        {
            await _site.Question(_ticket).WaitForAsync(outpost, status, deadline);
        }
    }

    private async Task StoppedAsync(Func<Task> change)
    {
        await _site.Server.StopAsync();
        await change();
        await _site.Server.StartAgainAsync();
    }

    private static Task Copy(string from, string to, string pattern)
    {
        var folder = Path.GetDirectoryName(pattern)!;
        Directory.CreateDirectory(Path.Combine(to, folder));
        foreach (var file in Directory.GetFiles(Path.Combine(to, folder), Path.GetFileName(pattern)))
        {
            File.Delete(file);
        }

        foreach (var file in Directory.GetFiles(Path.Combine(from, folder), Path.GetFileName(pattern)))
        {
            File.Copy(file, Path.Combine(to, folder, Path.GetFileName(file)));
        }

        return Task.CompletedTask;
    }
}
