namespace Sidecar.ControlPlane.Tests.Support;

/// <summary>Reads server-sent events one by one.</summary>
internal sealed class EventReader(HttpResponseMessage response) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private StreamReader? _reader;

    /// <summary>The next event; null when the stream has ended.</summary>
    public async Task<(string Name, string? Id, string Data)?> NextAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        _reader ??= new StreamReader(await response.Content.ReadAsStreamAsync(limit.Token));
        var (name, id, data) = ("", (string?)null, "");
        while (await _reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Length == 0)
            {
                return (name, id, data);
            }

            var (field, value) = line.Split(": ", 2) is [var left, var right] ? (left, right) : (line, "");
            (name, id, data) = field switch
            {
                "event" => (value, id, data),
                "id" => (name, value, data),
                _ => (name, id, value),
            };
        }

        return null;
    }

    /// <summary>The next event of that name; others are skipped.</summary>
    public async Task<(string Name, string? Id, string Data)> NextAsync(string name)
    {
        while (await NextAsync() is { } read)
        {
            if (read.Name == name)
            {
                return read;
            }
        }

        throw new InvalidOperationException($"The stream ended before a {name} event.");
    }

    public void Dispose()
    {
        _reader?.Dispose();
        response.Dispose();
    }
}
