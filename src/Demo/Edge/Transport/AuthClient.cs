using System.Collections.Concurrent;
using System.Security.Authentication;
using System.Security.Cryptography;
using Sidecar.Demo.Edge.ForwardAuth;

namespace Sidecar.Demo.Edge.Transport;

/// <summary>Rules A1 to A3: one question, no redirect followed, 30 seconds in all, the whole body read.</summary>
internal sealed class AuthClient(bool tracing) : IDisposable
{
    // One transport for all middlewares without a tls block, one of its own for each with one.
    private readonly Lazy<IAuthTransport> _plain = new(() => new Http1Transport());
    private readonly ConcurrentDictionary<string, IAuthTransport> _tls = new();

    public async Task<AuthOutcome> AskAsync(EdgeExchange exchange, AuthRequest request, ForwardAuthOptions options)
    {
        using var trace = AuthTrace.Start(tracing, request);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(exchange.Http.RequestAborted);
        limited.CancelAfter(options.Timeout);
        try
        {
            var maxBody = options.MaxResponseBodySize is >= 0 ? options.MaxResponseBodySize : null;
            var answer = await TransportFor(options).SendAsync(request, maxBody, limited.Token);
            trace?.SetTag("http.response.status_code", answer.Status);
            return new AuthOutcome.Answered(answer);
        }
        catch (AnswerTooLargeException)
        {
            return new AuthOutcome.TooLarge();
        }
        catch (Exception problem) when (IsTransport(problem))
        {
            return exchange.Http.RequestAborted.IsCancellationRequested
                ? new AuthOutcome.ClientGone()
                : new AuthOutcome.Failed(problem.Message);
        }
    }

    public void Dispose()
    {
        if (_plain.IsValueCreated)
        {
            _plain.Value.Dispose();
        }

        foreach (var transport in _tls.Values)
        {
            transport.Dispose();
        }
    }

    private IAuthTransport TransportFor(ForwardAuthOptions options) =>
        !options.Address.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
            ? _plain.Value
            : _tls.GetOrAdd(options.Tls is null ? "" : options.Name, _ => new TlsTransport(options.Tls ?? new ForwardAuthTls()));

    private static bool IsTransport(Exception problem) => problem
        is IOException or System.Net.Sockets.SocketException or HttpRequestException or OperationCanceledException
        or AuthenticationException or CryptographicException or FormatException;
}
