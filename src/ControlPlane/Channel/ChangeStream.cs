using Sidecar.Contracts;
using Sidecar.Contracts.Channel;
using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Channel;

/// <summary>One outpost's stream: what changed as soon as it is committed, and a heartbeat each 10 seconds.</summary>
internal sealed class ChangeStream(EventWriter writer, IServiceScopeFactory scopes, ChangeFeed feed, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    public required OutpostIdentity Outpost { get; init; }

    /// <summary>The Authorization header that opened it: asked again with each heartbeat.</summary>
    public required string Token { get; init; }

    public required string? Epoch { get; set; }

    public required long? Position { get; set; }

    public async Task RunAsync(CancellationToken cancel)
    {
        await writer.StartAsync(cancel);
        await HeartbeatAsync(cancel);
        var due = time.GetTimestamp();
        while (true)
        {
            // What is announced after this position wakes us, even if it comes while we read.
            var known = feed.Position;
            if (await SendChangesAsync(cancel))
            {
                return;
            }

            var left = Period - time.GetElapsedTime(due);
            if (left <= TimeSpan.Zero)
            {
                if (!await StillWelcomeAsync(cancel))
                {
                    return;
                }

                await HeartbeatAsync(cancel);
                due = time.GetTimestamp();
                left = Period;
            }

            await WaitAsync(known with { Newest = Math.Max(known.Newest, Position ?? 0) }, left, cancel);
        }
    }

    private async Task WaitAsync(FeedPosition known, TimeSpan atMost, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(atMost, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            await feed.WaitForMoreThanAsync(known, either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Nothing new: time for a heartbeat.
        }
    }

    /// <summary>Everything up to the newest number. True: the outpost was told goodbye.</summary>
    private async Task<bool> SendChangesAsync(CancellationToken cancel)
    {
        while (true)
        {
            var page = await ReadAsync(cancel);
            if (page.OutpostTouched && !await StillWelcomeAsync(cancel))
            {
                return true;
            }

            var batch = page.Batch;
            if (batch.Reset || batch.Changes.Count > 0)
            {
                await writer.WriteAsync("changes", batch.Newest, batch, ContractsJson.Default.ChangeBatch, cancel);
            }

            var moved = batch.Newest != Position;
            (Epoch, Position) = (batch.Epoch, batch.Newest);
            if (!moved || feed.Newest <= batch.Newest)
            {
                return false;
            }
        }
    }

    private async Task<LogPage> ReadAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ChangeBatches>().ReadAsync(Outpost, Position, Epoch, cancel);
    }

    /// <summary>False: the token does not open the channel any more; the outpost has been told why, if that is known.</summary>
    private async Task<bool> StillWelcomeAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var token = Token[(Token.IndexOf(' ', StringComparison.Ordinal) + 1)..].Trim();
        var outcome = await scope.ServiceProvider.GetRequiredService<OutpostAuthentication>().AuthenticateAsync(token, cancel);
        if (outcome is OutpostTokenOutcome.Withdrawn withdrawn)
        {
            var installation = await InstallationView.ReadAsync(scope.ServiceProvider.GetRequiredService<ControlPlaneContext>(), cancel);
            var goodbye = new Goodbye { Reason = withdrawn.Reason, Installation = installation.Id };
            await writer.WriteAsync("goodbye", null, goodbye, ContractsJson.Default.Goodbye, cancel);
        }

        return outcome is OutpostTokenOutcome.Accepted;
    }

    private async Task HeartbeatAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var installation = await InstallationView.ReadAsync(scope.ServiceProvider.GetRequiredService<ControlPlaneContext>(), cancel);
        var heartbeat = new Heartbeat { Epoch = installation.Epoch, Newest = feed.Newest, Time = time.GetUtcNow().ToUnixTimeMilliseconds() };
        await writer.WriteAsync("heartbeat", null, heartbeat, ContractsJson.Default.Heartbeat, cancel);
    }
}
