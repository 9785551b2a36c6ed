using System.Net;
using System.Text;
using Sidecar.Demo.Edge.ForwardAuth;
using Sidecar.Demo.Edge.Headers;

namespace Sidecar.Demo.Edge.Transport;

/// <summary>
/// HTTP over TLS, HTTP/2 where the server agrees, as Go's transport does. Two lines of one name leave here joined by a comma:
/// HttpClient does that. Where lines matter, a test asks in the clear.
/// </summary>
internal sealed class TlsTransport(ForwardAuthTls tls) : IAuthTransport
{
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90),
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        SslOptions = TlsOptions.Of(tls),
    });

    public async Task<AuthAnswer> SendAsync(AuthRequest request, long? maxBody, CancellationToken cancel)
    {
        using var message = Message(request);
        using var response = await _client.SendAsync(message, cancel);
        var headers = new HeaderLines();
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            headers.AddAll(name, values);
        }

        var answer = new AuthAnswer((int)response.StatusCode, headers, await BodyAsync(response, maxBody, cancel));
        return Http1Message.AsksForGzip(request) ? AnswerEncoding.Unpack(answer) : answer;
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage Message(AuthRequest request)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), Verbatim(request.Address))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = request.Body.Length > 0 ? new ReadOnlyMemoryContent(request.Body) : null,
        };
        foreach (var name in request.Headers.Names.Where(name => name is not ("Content-Length" or "Transfer-Encoding" or "Trailer")))
        {
            Add(message, name, request.Headers.Values(name));
        }

        if (!request.Headers.Has("User-Agent"))
        {
            message.Headers.TryAddWithoutValidation("User-Agent", "Go-http-client/2.0");
        }

        if (Http1Message.AsksForGzip(request))
        {
            message.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        }

        return message;
    }

    private static void Add(HttpRequestMessage message, string name, IReadOnlyList<string> values)
    {
        if (name == "User-Agent" && values is [""])
        {
            return;
        }

        if (!message.Headers.TryAddWithoutValidation(name, values))
        {
            // Content-Type and its like belong to a body in .NET, and go along without one in Go.
            message.Content ??= new ByteArrayContent([]);
            message.Content.Headers.TryAddWithoutValidation(name, values);
        }
    }

    private static Uri Verbatim(string address) =>
        new(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpResponseMessage response, long? max, CancellationToken cancel)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = await stream.ReadAsync(buffer, cancel)) > 0;)
        {
            body.Write(buffer, 0, count);
            if (body.Length > max)
            {
                throw new AnswerTooLargeException();
            }
        }

        return body.ToArray();
    }
}
