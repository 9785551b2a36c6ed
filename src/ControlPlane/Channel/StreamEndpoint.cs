using System.Data.Common;
using System.Globalization;
using Sidecar.ControlPlane.Changes;

namespace Sidecar.ControlPlane.Channel;

internal static class StreamEndpoint
{
    public static async Task GetAsync(
        HttpContext http,
        IServiceScopeFactory scopes,
        ChangeFeed feed,
        IHostApplicationLifetime lifetime,
        ILogger<ChangeStream> log,
        TimeProvider time,
        string? epoch,
        CancellationToken cancel)
    {
        // A stopping server does not wait for streams: they go on at another replica, or when it is back.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, lifetime.ApplicationStopping);
        var stream = new ChangeStream(new EventWriter(http.Response), scopes, feed, time)
        {
            Outpost = ChannelCaller.Of(http).Outpost,
            Token = http.Request.Headers.Authorization.ToString(),
            Epoch = epoch,
            Position = LastEventId(http.Request),
        };
        log.Connected(stream.Outpost.Name);
        try
        {
            await stream.RunAsync(either.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or DbException)
        {
            // The outpost went, or we or the database do: it connects again and resumes.
        }

        log.Disconnected(stream.Outpost.Name);
    }

    private static long? LastEventId(HttpRequest request) =>
        long.TryParse(request.Headers["Last-Event-ID"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
