using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Sidecar.Contracts.Channel;
using Sidecar.Outpost.Configuration;

namespace Sidecar.Outpost.Channel;

/// <summary>The HTTP clients of the channel: over <c>AUTHENTIK_HOST</c>, or over the control plane's Unix socket.</summary>
internal sealed class ChannelHttp : IDisposable
{
    /// <summary>All that a call may take while a browser waits.</summary>
    public static readonly TimeSpan InteractiveBudget = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan BulkBudget = TimeSpan.FromSeconds(30);
    private static readonly Uri SocketHost = new("http://control-plane/");

    /// <summary>The most that an answer to a small question has, and one event of the stream.</summary>
    public const long InteractiveBytes = 2 * 1024 * 1024;

    private const long BulkBytes = 256 * 1024 * 1024;

    public ChannelHttp(OutpostOptions options, Guid instance)
    {
        Calls = Create(options, instance, InteractiveBudget, InteractiveBytes, retry: true);
        Bulk = Create(options, instance, BulkBudget, BulkBytes, retry: true);
        // A stream has no total time; who reads it watches for silence and connects again.
        Stream = Create(options, instance, Timeout.InfiniteTimeSpan, InteractiveBytes, retry: false);
    }

    /// <summary>Small questions, some while a browser waits.</summary>
    public HttpClient Calls { get; }

    /// <summary>Snapshot, secrets, revisions.</summary>
    public HttpClient Bulk { get; }

    public HttpClient Stream { get; }

    /// <summary>To the control plane's Unix socket; for the forwarder too.</summary>
    public static Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>> ConnectTo(string socketPath) => async (_, cancel) =>
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    };

    public void Dispose()
    {
        Calls.Dispose();
        Bulk.Dispose();
        Stream.Dispose();
    }

    private static HttpClient Create(OutpostOptions options, Guid instance, TimeSpan budget, long bytes, bool retry)
    {
        var sockets = CreateHandler(options);
        var client = new HttpClient(retry ? new ResilienceHandler(RetryGets()) { InnerHandler = sockets } : sockets)
        {
            BaseAddress = options.ControlPlaneSocket is null ? options.Host : SocketHost,
            Timeout = budget,
            MaxResponseContentBufferSize = bytes,
        };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
        client.DefaultRequestHeaders.Add(ChannelRoutes.InstanceHeader, instance.ToString("D"));
        return client;
    }

    private static SocketsHttpHandler CreateHandler(OutpostOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            // A redirect is an answer of something else, and would take the token there.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = InteractiveBudget,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ActivityHeadersPropagator = null,
        };
        if (options.ControlPlaneSocket is { } path)
        {
            handler.UseProxy = false;
            handler.ConnectCallback = ConnectTo(path);
        }

        if (options.Insecure)
        {
#pragma warning disable CA5359 // The administrator asked for exactly this with AUTHENTIK_INSECURE; the start-up log says so.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return handler;
    }

    // A POST is never sent twice: a code redeemed twice ends the session that it began (RFC 6749 section 4.1.2).
    private static ResiliencePipeline<HttpResponseMessage> RetryGets()
    {
        var retry = new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(200),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            // "None is built yet" is an answer: waiting for it is the caller's part.
            ShouldRetryAfterHeader = false,
        };
        retry.DisableForUnsafeHttpMethods();
        return new ResiliencePipelineBuilder<HttpResponseMessage>().AddRetry(retry).Build();
    }
}
