using System.Net.ServerSentEvents;
using System.Text.Json;
using Sidecar.Contracts;

namespace Sidecar.Outpost.Channel;

/// <summary>One connection of the stream of changes, from its opening to its end.</summary>
internal sealed class ChangeStream(
    ChannelApi api, ChannelState channel, ChannelListener listener, ChannelGoodbye goodbye, HeldChanges held, TimeProvider time, ILogger<ChangeStream> logger)
{
    // Three heartbeats: then the connection is dead, whatever TCP believes.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private bool _wasUp;
    private long _seen;

    /// <returns>Whether anything was heard on it.</returns>
    public async Task<bool> RunAsync(CancellationToken cancel)
    {
        _seen = held.NewestUntold(channel.Epoch);
        using var response = await api.OpenStreamAsync(channel.Told, channel.Epoch, cancel);
        if (response is null)
        {
            return false;
        }

        try
        {
            await ReadAsync(response, cancel);
            SayEnded("it was closed");
        }
        catch (Exception error) when (ChannelCaller.IsAway(error, cancel) || error is JsonException)
        {
            SayEnded(error is OperationCanceledException ? "nothing was heard for 30 seconds" : error.Message);
        }

        return _wasUp;
    }

    private async Task ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        using var silence = new CancellationTokenSource(Silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, silence.Token);
        await using var content = await response.Content.ReadAsStreamAsync(either.Token);
        await using var body = new BoundedStream(content, ChannelHttp.InteractiveBytes);
        _wasUp = false;
        try
        {
            await foreach (var item in SseParser.Create(body, static (_, data) => data.ToArray()).EnumerateAsync(either.Token))
            {
                silence.CancelAfter(Silence);
                body.BeginAnew();
                if (!Take(item.EventType, item.Data))
                {
                    return;
                }

                SayUp();
            }
        }
        finally
        {
            channel.IsStreaming = false;
        }
    }

    /// <returns>False ends the connection.</returns>
    private bool Take(string type, byte[] data)
    {
        switch (type)
        {
            case "heartbeat":
                return JsonSerializer.Deserialize(data, ContractsJson.Default.Heartbeat) is { } heartbeat && IsNotBehind(heartbeat.Newest) && listener.Hear(heartbeat);
            case "changes":
                return JsonSerializer.Deserialize(data, ContractsJson.Default.ChangeBatch) is { } batch && IsNotBehind(batch.Newest) && listener.Hear(batch);
            case "goodbye":
                if (JsonSerializer.Deserialize(data, ContractsJson.Default.Goodbye) is { } word)
                {
                    goodbye.Hear(word);
                }

                return false;
            default:
                // An event of a newer control plane.
                return true;
        }
    }

    // A principal is read beside the stream and may be newer than all that was told. A control plane that does not have its number, after a database
    // was restored, cannot see that from the number the stream is asked to go on from; the sync tells it.
    private bool IsNotBehind(long newest)
    {
        if (newest >= _seen)
        {
            return true;
        }

        channel.IsInStep = false;
        return false;
    }

    private void SayUp()
    {
        if (!_wasUp)
        {
            _wasUp = true;
            channel.IsStreaming = true;
            logger.StreamUp();
        }
    }

    private void SayEnded(string problem)
    {
        if (_wasUp)
        {
            logger.StreamEnded(problem);
        }
    }
}
