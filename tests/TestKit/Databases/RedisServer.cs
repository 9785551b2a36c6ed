using System.Globalization;
using System.Net.Sockets;

namespace Sidecar.TestKit.Databases;

/// <summary>A Redis server of the tests' own. It can be killed and started again at the same port.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private OwnedProcess? _process;

    private readonly string _password;

    private RedisServer(int port, string password) => (Port, _password) = (port, password);

    public static string Host => "127.0.0.1";

    public int Port { get; }

    /// <param name="password">That clients must give; empty: none.</param>
    public static async Task<RedisServer> StartAsync(string password = "")
    {
        var server = new RedisServer(OwnedProcess.FreePort(), password);
        await server.RestartAsync();
        return server;
    }

    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        var folder = Path.Combine(Path.GetTempPath(), "sidecar-redis-" + Guid.NewGuid().ToString("N"));
        _process = OwnedProcess.Start(
            folder, "redis-server", "--bind", Host, "--port", Port.ToString(CultureInfo.InvariantCulture), "--save", "", "--appendonly", "no",
            "--requirepass", _password);
        using var limit = new CancellationTokenSource(StartLimit);
        while (!await AnswersAsync(limit.Token))
        {
            await Task.Delay(50, limit.Token);
        }
    }

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["AUTHENTIK_REDIS__HOST"] = Host,
        ["AUTHENTIK_REDIS__PORT"] = Port.ToString(CultureInfo.InvariantCulture),
    };

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(Host, Port, cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
