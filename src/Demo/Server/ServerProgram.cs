using System.Globalization;
using Sidecar.Demo.Build;
using Sidecar.Demo.Command;
using Sidecar.Demo.Data;
using Sidecar.Demo.Processes;

namespace Sidecar.Demo.Server;

/// <summary>sidecar server on SQLite with its embedded outpost, ready when it was started.</summary>
internal static class ServerProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static async Task<ChildProcess> StartAsync(DemoPrograms programs, DemoData data, DemoPlaces places, CancellationToken stop)
    {
        Console.WriteLine("Starting sidecar server...");
        var log = new LogFile(Path.Combine(data.Root, "server.log"));
        var server = await ChildProcess.StartAsync(new ChildCommand(programs.ControlPlane, "server")
        {
            WorkingDirectory = data.Server,
            Environment = EnvironmentOf(programs, data, places),
            TerminateWithParent = true,
            OnLine = log.Add,
        });
        await HealthCheck.WaitAsync(new Uri(places.Server, "-/health/ready/"), server, Patience, stop);
        return server;
    }

    private static Dictionary<string, string?> EnvironmentOf(DemoPrograms programs, DemoData data, DemoPlaces places) => new()
    {
        ["SIDECAR_DATA"] = data.Server,
        ["SIDECAR_OUTPOST_PATH"] = programs.Outpost,
        ["AUTHENTIK_BOOTSTRAP_PASSWORD"] = data.AdminPassword,
        ["AUTHENTIK_BOOTSTRAP_TOKEN"] = data.Token,
        ["AUTHENTIK_BOOTSTRAP_EMAIL"] = "akadmin@example.com",
        ["AUTHENTIK_LISTEN__HTTP"] = Loopback(places.ServerPort),
        ["AUTHENTIK_LISTEN__HTTPS"] = Loopback(places.ServerTlsPort),
        ["AUTHENTIK_LISTEN__METRICS"] = Loopback(places.MetricsPort),
        ["AUTHENTIK_POSTGRESQL__HOST"] = null,
        ["AUTHENTIK_REDIS__HOST"] = null,
    };

    private static string Loopback(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
}
