using System.Diagnostics.CodeAnalysis;
using System.Net;
using Sidecar.ControlPlane.Bootstrap;
using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Configuration.Values;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Mail;
using Sidecar.ControlPlane.Server;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Configuration;

/// <summary>Everything that the environment sets, read and checked once at start.</summary>
internal sealed record ControlPlaneOptions
{
    // The same networks in both programs: a proxy on the same machine or in the same private network.
    private const string PrivateNetworks = "127.0.0.0/8,::1/128,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7";

    /// <summary><c>SIDECAR_DATA</c>: all state that is not in PostgreSQL; back this folder up. The control plane has the folder <c>control-plane</c> in it. Default <c>./data</c>.</summary>
    public required string DataFolder { get; init; }

    public string StateFolder => Path.Combine(DataFolder, "control-plane");

    /// <summary><c>AUTHENTIK_LISTEN__HTTP</c>: where browsers and proxies find it: the embedded outpost, or without one the control plane itself. Default <c>0.0.0.0:9000</c>.</summary>
    public required ListenAddress ListenHttp { get; init; }

    /// <summary>
    /// <c>AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS</c>: whose <c>X-Forwarded-*</c> count, networks or addresses with commas between them; any other peer that sends some is
    /// refused. Default: loopback and private networks; narrow it to your proxies.
    /// </summary>
    public required IReadOnlyList<IPNetwork> TrustedProxies { get; init; }

    /// <summary><c>AUTHENTIK_LOG_LEVEL</c>: <c>trace</c>, <c>debug</c>, <c>info</c>, <c>warning</c> or <c>error</c>. Default <c>info</c>.</summary>
    public required LogLevel LogLevel { get; init; }

    /// <summary><c>AUTHENTIK_HOST</c>: where browsers find the control plane, such as <c>https://auth.example.com</c>. Default: the initial set-up asks.</summary>
    /// <remarks>With a trailing slash.</remarks>
    public required string? PublicUrl { get; init; }

    /// <summary><c>SIDECAR_BREACHES_URL</c>: where policies ask whether a password is in known breaches: a server with have-i-been-pwned's range API. Default <c>https://api.pwnedpasswords.com</c>.</summary>
    /// <remarks>With a trailing slash.</remarks>
    public required Uri BreachesUrl { get; init; }

    public required DatabaseOptions Database { get; init; }

    public required SecretKeyOptions SecretKey { get; init; }

    public required RedisOptions? Redis { get; init; }

    public required MailOptions Mail { get; init; }

    public required EmbeddedOutpostOptions EmbeddedOutpost { get; init; }

    public required BootstrapOptions Bootstrap { get; init; }

    /// <summary>False: <paramref name="problem"/> names every mistake.</summary>
    public static bool TryRead(
        Func<string, string?> variable, [NotNullWhen(true)] out ControlPlaneOptions? options, [NotNullWhen(false)] out string? problem)
    {
        var reader = new EnvironmentReader(variable);
        var read = Read(reader);
        options = reader.Mistakes.Count == 0 ? read : null;
        problem = options is null ? "The configuration has mistakes:\n  " + string.Join("\n  ", reader.Mistakes) : null;
        return options is not null;
    }

    private static ControlPlaneOptions Read(EnvironmentReader reader)
    {
        var database = DatabaseOptions.Read(reader);
        return new ControlPlaneOptions
        {
            DataFolder = Path.GetFullPath(reader.Text("SIDECAR_DATA", "./data")),
            ListenHttp = reader.Listen("AUTHENTIK_LISTEN__HTTP", ListenAddress.DefaultHttp),
            TrustedProxies = reader.Networks("AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS", PrivateNetworks),
            LogLevel = ReadLogLevel(reader),
            PublicUrl = ReadPublicUrl(reader),
            BreachesUrl = ReadBreachesUrl(reader),
            Database = database,
            SecretKey = SecretKeyOptions.Read(reader, database),
            Redis = RedisOptions.Read(reader),
            Mail = MailOptions.Read(reader),
            EmbeddedOutpost = EmbeddedOutpostOptions.Read(reader),
            Bootstrap = BootstrapOptions.Read(reader),
        };
    }

    private static string? ReadPublicUrl(EnvironmentReader reader)
    {
        if (reader.Text("AUTHENTIK_HOST") is not { } text)
        {
            return null;
        }

        if (PublicUrls.Normalize(text) is { } url)
        {
            return url;
        }

        reader.Mistake("AUTHENTIK_HOST", "must be the address that browsers use, such as https://auth.example.com");
        return null;
    }

    private static Uri ReadBreachesUrl(EnvironmentReader reader)
    {
        const string byDefault = "https://api.pwnedpasswords.com/";
        if (PublicUrls.Normalize(reader.Text("SIDECAR_BREACHES_URL", byDefault)) is { } url)
        {
            return new Uri(url);
        }

        reader.Mistake("SIDECAR_BREACHES_URL", $"must be the address of a server with have-i-been-pwned's range API, such as {byDefault}");
        return new Uri(byDefault);
    }

    private static LogLevel ReadLogLevel(EnvironmentReader reader)
    {
        switch (reader.Text("AUTHENTIK_LOG_LEVEL", "info").ToLowerInvariant())
        {
            case "trace":
                return LogLevel.Trace;
            case "debug":
                return LogLevel.Debug;
            case "info":
                return LogLevel.Information;
            case "warning" or "warn":
                return LogLevel.Warning;
            case "error":
                return LogLevel.Error;
            default:
                reader.Mistake("AUTHENTIK_LOG_LEVEL", "must be trace, debug, info, warning or error");
                return LogLevel.Information;
        }
    }
}
