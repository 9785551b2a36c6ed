using System.Diagnostics;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Configuration.Values;

namespace Sidecar.ControlPlane.Server;

/// <summary>How the embedded outpost is started.</summary>
internal static class EmbeddedOutpostProcess
{
    // What the outpost reads, and what the runtime and the system need. Not the secret key, nor passwords of databases: it has no business with them.
    private static readonly string[] Passed =
    [
        "AUTHENTIK_LISTEN__", "AUTHENTIK_LOG_LEVEL", "AUTHENTIK_DEBUG", "SIDECAR_TLS__", "SIDECAR_MAX_STALE", "SIDECAR_IDENTITY_HEADERS", "DOTNET_",
        "SSL_CERT_", "OTEL_",
    ];

    private static readonly string[] PassedExactly = ["PATH", "HOME", "LANG", "TZ", "TMPDIR", "HOSTNAME"];

    public static ProcessStartInfo Describe(ControlPlaneOptions options, string tokenFile, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo
        {
            FileName = options.EmbeddedOutpost.Executable,
            UseShellExecute = false,

            // It ends when this pipe closes, so it never outlives this process, however that ends.
            RedirectStandardInput = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment.Where(variable => IsPassed(variable.Key)))
        {
            start.Environment[name] = Resolved(value, environment);
        }

        // As this program read and checked them: the outpost understands fewer ways to write one.
        start.Environment["AUTHENTIK_LISTEN__HTTP"] = options.ListenHttp.ToString();
        start.Environment["AUTHENTIK_LISTEN__HTTPS"] = options.EmbeddedOutpost.ListenHttps.ToString();
        start.Environment["AUTHENTIK_LISTEN__METRICS"] = options.EmbeddedOutpost.ListenMetrics.ToString();
        start.Environment["SIDECAR_DATA"] = options.DataFolder;
        start.Environment["SIDECAR_CONTROL_PLANE_SOCKET"] = ControlPlaneSocket.PathIn(options.StateFolder);
        start.Environment["AUTHENTIK_TOKEN"] = "file://" + tokenFile;
        return start;
    }

    // The variable that "env://" names is not passed on. What does not resolve stays as it is: the outpost then tells the mistake.
    private static string Resolved(string value, IReadOnlyDictionary<string, string> environment) =>
        IndirectValue.IsVariable(value) && IndirectValue.Resolve(value, environment.GetValueOrDefault, out _) is { } resolved ? resolved : value;

    private static bool IsPassed(string name) =>
        PassedExactly.Contains(name, StringComparer.Ordinal) || Passed.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
