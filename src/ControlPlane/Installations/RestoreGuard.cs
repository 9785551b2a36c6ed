using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Installations;

/// <summary>
/// Notices a database that was restored from a backup: it has fewer changes than this server, or an outpost, has seen. Its numbers will be used again for
/// other changes, so it gets a new epoch, and outposts read everything anew instead of taking new numbers for old ones.
/// </summary>
internal sealed class RestoreGuard(Database database, ControlPlaneOptions options, ChangeFeed feed, TimeProvider time, ILogger<RestoreGuard> log) : BackgroundService
{
    private const string FileName = "newest-change";
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private string Mark => Path.Combine(options.StateFolder, FileName);

    /// <summary>A new epoch; outposts learn of it by heartbeat, and by the first snapshot under it.</summary>
    public static string NewEpoch() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Compares the database with what this server saw last.</summary>
    public async Task CheckAsync(CancellationToken cancel)
    {
        var seen = Read();
        var (epoch, newest) = await CompareAsync(seen?.Epoch, seen?.Newest ?? 0, cancel);
        Write(epoch, newest);
    }

    /// <summary>
    /// Compares the database with what an outpost saw: where this server's own mark was restored with the database, only outposts know that it went back.
    /// </summary>
    public Task SeenAsync(string epoch, long newest, CancellationToken cancel) => CompareAsync(epoch, newest, cancel);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var written = 0L;
        while (!stoppingToken.IsCancellationRequested)
        {
            await feed.WaitForMoreThanAsync(written, stoppingToken);
            written = feed.Newest;
            await using (var context = database.Open())
            {
                Write((await InstallationView.ReadAsync(context, stoppingToken)).Epoch, written);
            }

            await Task.Delay(Period, time, stoppingToken);
        }
    }

    private async Task<(string Epoch, long Newest)> CompareAsync(string? epoch, long seen, CancellationToken cancel)
    {
        await using var context = database.Open();
        await using var write = await context.BeginWriteAsync(cancel);
        await ChangeRecorder.LockAsync(context, cancel);
        var installation = await context.Installations.SingleAsync(cancel);
        var newest = await context.ChangeCounter.Select(counter => counter.Newest).SingleAsync(cancel);
        if (epoch == installation.Epoch && seen > newest)
        {
            log.Restored(seen, newest);
            installation.Epoch = NewEpoch();
            await context.SaveChangesAsync(cancel);
        }

        await write.CommitAsync(cancel);
        return (installation.Epoch, newest);
    }

    private (string Epoch, long Newest)? Read()
    {
        try
        {
            return File.ReadAllText(Mark).Split(' ') is [var epoch, var number] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var newest)
                ? (epoch, newest)
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private void Write(string epoch, long newest) => PrivateFile.Write(Mark, string.Create(CultureInfo.InvariantCulture, $"{epoch} {newest}"));
}
