using Sidecar.Contracts.Channel;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Sessions;
using Sidecar.Outpost.Snapshots;

namespace Sidecar.Outpost.Channel;

/// <summary>Runs the parts of the channel side by side, for as long as the program runs.</summary>
internal sealed class ChannelService(
    ChannelApi api,
    ChannelCaller caller,
    ChannelGoodbye goodbye,
    ChangeStream stream,
    ChannelListener listener,
    ChannelRefresher refresher,
    ChannelState channel,
    PrincipalPrefetch prefetch,
    PrincipalTable principals,
    OutdatedAnswers answers,
    SnapshotReceiver snapshots,
    ServingHolder serving,
    SessionEndSender sessions,
    ContactClock clock,
    ContactKeeper contact,
    TimeProvider time,
    ILogger<ChannelService> logger) : BackgroundService
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    // A heartbeat is late by now: ask, while the stream still has time to prove that it lives.
    private static readonly TimeSpan LateAfter = TimeSpan.FromSeconds(12);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        contact.Write();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        caller.GoodbyeHeard = goodbye.Hear;
        return Task.WhenAll(
            KeepAsync(StreamAsync, stoppingToken),
            KeepAsync(refresher.RunAsync, stoppingToken),
            KeepAsync(prefetch.RunAsync, stoppingToken),
            KeepAsync(cancel => EachAsync(PollEvery, PollAsync, cancel), stoppingToken),
            KeepAsync(cancel => EachAsync(ReportEvery, ReportAsync, cancel), stoppingToken),
            KeepAsync(cancel => EachAsync(PollEvery, sessions.SendAsync, cancel), stoppingToken),
            KeepAsync(cancel => EachAsync(SweepEvery, SweepAsync, cancel), stoppingToken));
    }

    // A bug in one part must not silently end it: revocations would no longer arrive while everything looks well.
    private async Task KeepAsync(Func<CancellationToken, Task> part, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await part(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                logger.PartFailed(error);
                await Task.Delay(PollEvery, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task StreamAsync(CancellationToken cancel)
    {
        var failures = 0;
        while (!cancel.IsCancellationRequested)
        {
            var worked = channel.IsInStep ? await stream.RunAsync(cancel) : await refresher.SyncAsync(cancel);
            failures = worked ? 0 : failures + 1;
            await Task.Delay(Backoff.Of(failures), time, cancel);
        }
    }

    private async Task PollAsync(CancellationToken cancel)
    {
        // A heartbeat may name a number that the stream did not bring; then ask, too.
        var streamIsWell = channel.IsStreaming && clock.Age < LateAfter && channel.Newest <= channel.Told;
        if (!channel.IsInStep || streamIsWell)
        {
            return;
        }

        var answer = await api.ChangesAsync(channel.Told, channel.Epoch, cancel);
        if (answer.Status == ChannelStatus.Ok)
        {
            listener.Hear(answer.Value!);
        }
    }

    private Task ReportAsync(CancellationToken cancel) =>
        channel.IsInStep
            ? api.ReportAsync(
                new OutpostReport
                {
                    Epoch = channel.Epoch,
                    Revision = serving.Current?.Compiled.Source.Revision ?? 0,
                    Applied = channel.Applied,
                    Principals = principals.Count,
                    Rejected = snapshots.LastRefusal,
                },
                cancel)
            : Task.CompletedTask;

    private Task SweepAsync(CancellationToken cancel)
    {
        principals.Sweep();
        answers.Forget();
        sessions.Forget();
        return Task.CompletedTask;
    }

    private async Task EachAsync(TimeSpan period, Func<CancellationToken, Task> act, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(period, time);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            await act(cancel);
        }
    }
}
