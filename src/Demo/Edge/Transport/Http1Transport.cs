namespace Sidecar.Demo.Edge.Transport;

/// <summary>HTTP/1.1 in the clear, written by hand: HttpClient would join header lines and tidy up what must arrive as it is.</summary>
internal sealed class Http1Transport : IAuthTransport
{
    private readonly Http1Pool _pool = new();

    public async Task<AuthAnswer> SendAsync(AuthRequest request, long? maxBody, CancellationToken cancel)
    {
        var address = new Uri(request.Address);
        var message = Http1Message.Write(request, address);
        while (true)
        {
            var connection = await _pool.RentAsync(address, cancel);
            var (answer, retry) = await TryAsync(connection, message, maxBody, cancel);
            if (answer is not null)
            {
                return Http1Message.AsksForGzip(request) ? AnswerEncoding.Unpack(answer) : answer;
            }

            if (!retry)
            {
                throw new IOException("the auth server closed the connection without an answer");
            }
        }
    }

    public void Dispose() => _pool.Dispose();

    private async Task<(AuthAnswer? Answer, bool Retry)> TryAsync(
        Http1Connection connection, ReadOnlyMemory<byte> message, long? maxBody, CancellationToken cancel)
    {
        try
        {
            await connection.Stream.WriteAsync(message, cancel);
            if (!await connection.HasAnswerAsync(cancel))
            {
                connection.Dispose();
                return (null, connection.IsReused);
            }

            var (answer, canStay) = await Http1Answer.ReadAsync(connection, maxBody, cancel);
            _pool.Return(connection, canStay);
            return (answer, false);
        }
        catch (IOException) when (connection is { IsReused: true, HasRead: false })
        {
            // The server closed it while it was idle: Go asks again on another connection.
            connection.Dispose();
            return (null, true);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
