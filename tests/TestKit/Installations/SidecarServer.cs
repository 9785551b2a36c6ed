using System.Globalization;
using Sidecar.Demo.Processes;
using Sidecar.TestKit.Processes;

namespace Sidecar.TestKit.Installations;

/// <summary>
/// <c>sidecar server</c> as an administrator starts it: its own folder, free loopback ports, the embedded outpost in front. It can be stopped, killed and
/// started again on the same folder and ports.
/// </summary>
public sealed class SidecarServer : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _environment;
    private readonly bool _ownsData;
    private readonly Action<string>? _onLine;
    private readonly Func<ChildCommand, ChildCommand> _where;
    private ServerProcess? _process;

    private SidecarServer(Dictionary<string, string?> environment, string data, bool ownsData, Action<string>? onLine, Func<ChildCommand, ChildCommand>? where)
    {
        _where = where ?? (command => command);
        _onLine = onLine;
        Data = data;
        _ownsData = ownsData;
        HttpPort = FreePort.Next();
        MetricsPort = FreePort.Next();
        _environment = new Dictionary<string, string?>
        {
            ["SIDECAR_DATA"] = data,
            ["SIDECAR_OUTPOST_PATH"] = PublishedPrograms.Outpost,
            ["AUTHENTIK_LISTEN__HTTP"] = Listen(HttpPort),
            ["AUTHENTIK_LISTEN__HTTPS"] = Listen(FreePort.Next()),
            ["AUTHENTIK_LISTEN__METRICS"] = Listen(MetricsPort),
            ["AUTHENTIK_BOOTSTRAP_PASSWORD"] = BootstrapPassword,
            ["AUTHENTIK_BOOTSTRAP_TOKEN"] = BootstrapToken,
            ["AUTHENTIK_BOOTSTRAP_EMAIL"] = "root@example.com",
        };
        foreach (var (name, value) in environment)
        {
            _environment[name] = value;
        }
    }

    public string BootstrapPassword { get; } = "correct horse " + Guid.NewGuid().ToString("N");

    public string BootstrapToken { get; } = "bootstrap-" + Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");

    /// <summary>Value of <c>SIDECAR_DATA</c>.</summary>
    public string Data { get; }

    public int HttpPort { get; }

    public int MetricsPort { get; }

    public Uri Address => new($"http://127.0.0.1:{HttpPort.ToString(CultureInfo.InvariantCulture)}/");

    /// <summary>What it is started with.</summary>
    public IReadOnlyDictionary<string, string?> Environment => _environment;

    public string Output => _process?.Output ?? "";

    public bool IsRunning => _process is { HasExited: false };

    public int ProcessId => _process!.Id;

    /// <param name="environment">Added to, or put in place of, what the class sets.</param>
    /// <param name="data">An existing folder to start on; null: a new one that goes away with this object.</param>
    /// <param name="onLine">Given every line that it writes; <see cref="Output"/> keeps only the last ones.</param>
    /// <param name="where">Puts the command elsewhere, such as into an image; null: it runs on this machine as it is.</param>
    public static async Task<SidecarServer> StartAsync(
        Dictionary<string, string?>? environment = null, string? data = null, Action<string>? onLine = null, Func<ChildCommand, ChildCommand>? where = null)
    {
        var folder = data ?? Directory.CreateTempSubdirectory("sidecar-").FullName;
        var server = new SidecarServer(environment ?? [], folder, data is null, onLine, where);
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async Task StartAgainAsync()
    {
        var command = new ChildCommand(PublishedPrograms.ControlPlane, "server")
        {
            WorkingDirectory = Data,
            Environment = _environment,
            TerminateWithParent = true,
            OnLine = _onLine,
        };
        _process = await ServerProcess.StartAsync(_where(command), Ready.WhenHealthy(new Uri(Address, "-/health/ready/")), TimeSpan.FromSeconds(60));
    }

    public Task StopAsync() => _process?.StopAsync() ?? Task.CompletedTask;

    public Task KillAsync() => _process?.KillAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        if (_ownsData)
        {
            Directory.Delete(Data, recursive: true);
        }
    }

    private static string Listen(int port) => "127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture);
}
