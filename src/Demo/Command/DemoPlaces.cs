using System.Globalization;

namespace Sidecar.Demo.Command;

/// <summary>Who listens where. Between processes it is 127.0.0.1; a browser gets names, because cookies go by name.</summary>
internal sealed record DemoPlaces(int EdgePort, int SamplePort, int ServerPort, int ServerTlsPort, int MetricsPort)
{
    public const string Domain = "sidecar.localhost";

    /// <summary>The sign-in pages, for the browser.</summary>
    public Uri Auth => ForBrowser("auth");

    /// <summary>The protected service, for the browser.</summary>
    public Uri Sample => ForBrowser("whoami");

    /// <summary>sidecar server, between processes.</summary>
    public Uri Server => Loopback(ServerPort);

    public Uri SampleService => Loopback(SamplePort);

    public static DemoPlaces Choose(int edgePort) => new(
        PortChoice.Pick("the edge", edgePort),
        PortChoice.Pick("the sample service", 8081),
        PortChoice.Pick("sidecar server", 9000),
        PortChoice.Pick("sidecar server (HTTPS)", 9443),
        PortChoice.Pick("metrics", 9300));

    private Uri ForBrowser(string name) => new(string.Create(CultureInfo.InvariantCulture, $"http://{name}.{Domain}:{EdgePort}/"));

    private static Uri Loopback(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
}
