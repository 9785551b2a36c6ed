using System.Globalization;
using Sidecar.Demo.Processes;
using Sidecar.TestKit.Processes;

namespace Sidecar.TestKit.Installations;

/// <summary>The outpost's own executable beside a control plane, with a state folder that outlives a stop.</summary>
public sealed class StandAloneOutpost : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _environment;
    private readonly Func<ChildCommand, ChildCommand> _where;
    private ServerProcess? _process;

    private StandAloneOutpost(Uri controlPlane, string token, Dictionary<string, string?> environment, Func<ChildCommand, ChildCommand>? where)
    {
        _where = where ?? (command => command);
        Data = Directory.CreateTempSubdirectory("sidecar-outpost-").FullName;
        HttpPort = FreePort.Next();
        HttpsPort = FreePort.Next();
        MetricsPort = FreePort.Next();
        _environment = new Dictionary<string, string?>
        {
            ["SIDECAR_DATA"] = Data,
            ["AUTHENTIK_HOST"] = controlPlane.ToString(),
            ["AUTHENTIK_TOKEN"] = token,
            ["AUTHENTIK_LISTEN__HTTP"] = Listen(HttpPort),
            ["AUTHENTIK_LISTEN__HTTPS"] = Listen(HttpsPort),
            ["AUTHENTIK_LISTEN__METRICS"] = Listen(MetricsPort),
        };
        foreach (var (name, value) in environment)
        {
            _environment[name] = value;
        }
    }

    public string Data { get; }

    public int HttpPort { get; }

    public int HttpsPort { get; }

    public int MetricsPort { get; }

    public Uri Address => new($"http://127.0.0.1:{HttpPort.ToString(CultureInfo.InvariantCulture)}/");

    public Uri SecureAddress => new($"https://127.0.0.1:{HttpsPort.ToString(CultureInfo.InvariantCulture)}/");

    public Uri Metrics => new($"http://127.0.0.1:{MetricsPort.ToString(CultureInfo.InvariantCulture)}/metrics");

    /// <summary>What it is started with.</summary>
    public IReadOnlyDictionary<string, string?> Environment => _environment;

    public string Output => _process?.Output ?? "";

    public int ProcessId => _process!.Id;

    /// <param name="controlPlane">Its address as the outpost reaches it.</param>
    /// <param name="token">The outpost's.</param>
    /// <param name="environment">Added to, or put in place of, what the class sets.</param>
    /// <param name="where">Puts the command elsewhere, such as into an image; null: it runs on this machine as it is.</param>
    public static async Task<StandAloneOutpost> StartAsync(
        Uri controlPlane, string token, Dictionary<string, string?>? environment = null, Func<ChildCommand, ChildCommand>? where = null)
    {
        var outpost = new StandAloneOutpost(controlPlane, token, environment ?? [], where);
        try
        {
            await outpost.StartAgainAsync();
            return outpost;
        }
        catch
        {
            await outpost.DisposeAsync();
            throw;
        }
    }

    /// <summary>What <c>sidecar-outpost ca</c> prints: the certificate that a proxy is told to trust, in PEM.</summary>
    public async Task<string> AuthorityAsync()
    {
        await using var ca = await ServerProcess.StartAsync(Command("ca"), Ready.WhenEnded());
        return await ca.Exited == 0 ? ca.Output : throw new ServerProcessException("sidecar-outpost ca failed", ca.Output);
    }

    public async Task StartAgainAsync()
    {
        _process = await ServerProcess.StartAsync(_where(Command()), Ready.WhenHealthy(new Uri(Address, "outpost.goauthentik.io/ping")));
    }

    public Task StopAsync() => _process?.StopAsync() ?? Task.CompletedTask;

    public Task KillAsync() => _process?.KillAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        Directory.Delete(Data, recursive: true);
    }

    private ChildCommand Command(params string[] arguments) => new(PublishedPrograms.Outpost, arguments) { WorkingDirectory = Data, Environment = _environment };

    private static string Listen(int port) => "127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture);
}
