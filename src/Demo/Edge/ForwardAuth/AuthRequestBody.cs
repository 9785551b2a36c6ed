namespace Sidecar.Demo.Edge.ForwardAuth;

/// <summary>Rules R3 and R4: the client's body, read whole and kept for both, if the auth server is to see it.</summary>
internal sealed class AuthRequestBody(ForwardAuthOptions options)
{
    /// <summary>Null when it is over the limit; empty when none is sent on.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(EdgeExchange exchange)
    {
        if (!options.ForwardBody || IsSkipped(exchange))
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        var request = exchange.Http.Request;
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = await request.Body.ReadAsync(buffer, exchange.Http.RequestAborted)) > 0;)
        {
            read.Write(buffer, 0, count);
            if (options.MaxBodySize >= 0 && read.Length > options.MaxBodySize)
            {
                return null;
            }
        }

        var body = read.ToArray();
        request.Body = new MemoryStream(body);
        return body;
    }

    private static bool IsSkipped(EdgeExchange exchange) =>
        exchange.Features.SkipsConnectBody && exchange.Http.Request is { Method: "CONNECT", ContentLength: null };
}
