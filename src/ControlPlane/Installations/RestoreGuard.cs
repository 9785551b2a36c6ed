using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Installations;

/// <summary>
/// Notices a database that was restored from a backup: it has fewer changes than this server, or an outpost, has seen. Its numbers will be used again for
/// other changes, so it gets a new epoch, and outposts read everything anew instead of taking new numbers for old ones.
/// </summary>
internal sealed class RestoreGuard(
    RestoredDatabase restored, ControlPlaneOptions options, ChangeFeed feed, ChangePoller poller, TimeProvider time, ILogger<RestoreGuard> log) : BackgroundService
{
    private const string FileName = "newest-change";
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WordEvery = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _word = new(1, 1);
    private long? _wordTaken;
    private bool _told;

    private string Mark => Path.Combine(options.StateFolder, FileName);

    /// <summary>Compares the database with what this server saw last.</summary>
    public async Task CheckAsync(CancellationToken cancel)
    {
        var seen = Read();
        var end = await CompareAsync(seen?.Epoch, seen?.Newest ?? 0, cancel);
        Write(end.Epoch, end.Newest);
    }

    /// <summary>As <see cref="CheckAsync"/>, before the first request. A mark that a full disk does not take is written by the first check that can.</summary>
    public async Task PrepareAsync(CancellationToken cancel)
    {
        try
        {
            await CheckAsync(cancel);
        }
        catch (IOException error)
        {
            log.CheckFailed(error);
        }
    }

    /// <summary>
    /// Compares the database with what an outpost saw: where this server's own mark was restored with the database, only outposts know that it went back.
    /// An outpost could lie, and each epoch makes all read everything again: their word begins at most one in five minutes.
    /// </summary>
    public async Task SeenAsync(string outpost, string epoch, long newest, CancellationToken cancel)
    {
        await _word.WaitAsync(cancel);
        try
        {
            // What this server saw itself needs nobody's word.
            var seen = Read();
            await CompareAsync(seen?.Epoch, seen?.Newest ?? 0, cancel);
            if (!await restored.WentBackAsync(epoch, newest, cancel))
            {
                return;
            }

            if (_wordTaken is { } taken && time.GetElapsedTime(taken) < WordEvery)
            {
                TellOnce(outpost, newest);
                return;
            }

            log.OutpostSawMore(outpost, newest);
            await CompareAsync(epoch, newest, cancel);
            (_wordTaken, _told) = (time.GetTimestamp(), false);
        }
        finally
        {
            _word.Release();
        }
    }

    public override void Dispose()
    {
        _word.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var noted = default(FeedPosition);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await feed.WaitForMoreThanAsync(noted, stoppingToken);
                var position = feed.Position;
                await CheckAsync(stoppingToken);
                noted = position;
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
        var end = await restored.CompareAsync(epoch, seen, cancel);
        if (end.Epoch != epoch)
        {
            // The new epoch's first number is below what the feed knows: only a look at the database sets it back.
            poller.LookNow();
        }

        return end;
    }

    // Not for each time that a lying outpost asks.
    private void TellOnce(string outpost, long newest)
    {
        if (!_told)
        {
            _told = true;
            log.WordNotTaken(outpost, newest);
        }
    }

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
