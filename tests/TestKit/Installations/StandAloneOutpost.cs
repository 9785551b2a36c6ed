using System.Globalization;
using Sidecar.Demo.Processes;
using Sidecar.TestKit.Processes;

namespace Sidecar.TestKit.Installations;

/// <summary>The outpost's own executable beside a control plane, with a state folder that outlives a stop.</summary>
public sealed class StandAloneOutpost : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _environment;
    private ServerProcess? _process;

    private StandAloneOutpost(Uri controlPlane, string token, Dictionary<string, string?> environment)
    {
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

    public string Output => _process?.Output ?? "";

    public int ProcessId => _process!.Id;

    public static async Task<StandAloneOutpost> StartAsync(Uri controlPlane, string token, Dictionary<string, string?>? environment = null)
    {
        var outpost = new StandAloneOutpost(controlPlane, token, environment ?? []);
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
        _process = await ServerProcess.StartAsync(Command(), Ready.WhenHealthy(new Uri(Address, "outpost.goauthentik.io/ping")));
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
