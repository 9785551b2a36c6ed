using System.Globalization;
using StackExchange.Redis;

namespace Sidecar.ControlPlane.Changes;

/// <summary>Tells other replicas "there is number 8", and looks when they say so. Only numbers pass through Redis, and they only cause a read.</summary>
internal sealed class RedisAnnouncer(RedisOptions options, ChangeFeed feed, ChangePoller poller, ILogger<RedisAnnouncer> log) : BackgroundService
{
    private static readonly RedisChannel Channel = RedisChannel.Literal("sidecar:changes");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(options.Connection);
        redis.ConnectionFailed += (_, failure) => log.RedisAway(failure.Exception);
        redis.ConnectionRestored += (_, _) => OnRestored();
        if (redis.IsConnected)
        {
            log.RedisThere();
        }
        else
        {
            log.RedisAway(null);
        }

        // Subscribed again by the library after each reconnection.
        await redis.GetSubscriber().SubscribeAsync(Channel, (_, _) => poller.LookNow(), CommandFlags.FireAndForget);
        await PublishAsync(redis, stoppingToken);
    }

    private void OnRestored()
    {
        log.RedisThere();
        poller.LookNow();
    }

    private async Task PublishAsync(ConnectionMultiplexer redis, CancellationToken cancel)
    {
        await foreach (var number in feed.CommittedHere.ReadAllAsync(cancel))
        {
            try
            {
                await redis.GetSubscriber().PublishAsync(Channel, number.ToString(CultureInfo.InvariantCulture), CommandFlags.FireAndForget);
            }
            catch (RedisException)
            {
                // Said once by ConnectionFailed; the others poll.
            }
        }
    }
}
