using System.Data.Common;
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
            try
            {
                await feed.WaitForMoreThanAsync(written, stoppingToken);
                var newest = feed.Newest;
                await CheckAsync(stoppingToken);
                written = newest;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is DbException or DbUpdateException or TimeoutException or InvalidOperationException or IOException or UnauthorizedAccessException)
            {
                log.CheckFailed(error);
            }

            await Task.Delay(Period, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<LogEnd> CompareAsync(string? epoch, long seen, CancellationToken cancel)
    {
        await using var context = database.Open();
        var standing = await LogEnd.ReadAsync(context, cancel);
        if (!WentBack(standing, epoch, seen))
        {
            return standing;
        }

        await using var write = await context.BeginWriteAsync(cancel);
        await ChangeRecorder.LockAsync(context, cancel);
        standing = await LogEnd.ReadAsync(context, cancel);
        if (WentBack(standing, epoch, seen))
        {
            log.Restored(seen, standing.Newest);
            var installation = await context.Installations.SingleAsync(cancel);
            installation.Epoch = NewEpoch();
            await context.SaveChangesAsync(cancel);
            standing = await LogEnd.ReadAsync(context, cancel);
        }

        await write.CommitAsync(cancel);
        return standing;
    }

    private static bool WentBack(LogEnd standing, string? epoch, long seen) => epoch == standing.Epoch && seen > standing.Newest;

    private LogEnd? Read()
    {
        try
        {
            return File.ReadAllText(Mark).Split(' ') is [var epoch, var number] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var newest)
                ? new LogEnd(epoch, newest)
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private void Write(string epoch, long newest) => PrivateFile.Write(Mark, string.Create(CultureInfo.InvariantCulture, $"{epoch} {newest}"));
}
