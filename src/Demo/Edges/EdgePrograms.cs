using Sidecar.Demo.Command;
using Sidecar.Demo.Data;
using Sidecar.Demo.Processes;
using Sidecar.Demo.Server;

namespace Sidecar.Demo.Edges;

/// <summary>A real proxy from the PATH, with a configuration written for it.</summary>
internal static class EdgePrograms
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Null for the built-in edge.</summary>
    public static string? Find(EdgeKind kind)
    {
        var name = kind.ToString().ToLowerInvariant();
        return kind == EdgeKind.BuiltIn ? null
            : PathSearch.Find(name) ?? throw new DemoException($"--edge {name}: there is no {name} on the PATH (Debian has packages of caddy and nginx)");
    }

    public static async Task<ChildProcess> StartAsync(EdgeKind kind, string program, DemoData data, DemoPlaces places, CancellationToken stop)
    {
        var proxy = await ChildProcess.StartAsync(Command(kind, program, data, places) with
        {
            WorkingDirectory = data.Edge,
            TerminateWithParent = true,
            OnLine = new LogFile(Path.Combine(data.Root, "edge.log")).Add,
        });
        await ListenCheck.WaitAsync(places.EdgePort, proxy, Patience, stop);
        return proxy;
    }

    private static ChildCommand Command(EdgeKind kind, string program, DemoData data, DemoPlaces places) => kind switch
    {
        EdgeKind.Caddy => new ChildCommand(program, "run", "--adapter", "caddyfile", "--config", Write(data, "Caddyfile", CaddyConfiguration.For(places)))
        {
            Environment = new Dictionary<string, string?> { ["XDG_DATA_HOME"] = data.Edge, ["XDG_CONFIG_HOME"] = data.Edge },
        },
        EdgeKind.Nginx => new ChildCommand(program, "-p", data.Edge, "-e", "stderr", "-c", Write(data, "nginx.conf", NginxConfiguration.For(places))),
        _ => new ChildCommand(program, TraefikConfiguration.Arguments(places, Write(data, "traefik.yml", TraefikConfiguration.For(places)))),
    };

    private static string Write(DemoData data, string name, string text)
    {
        var path = Path.Combine(data.Edge, name);
        File.WriteAllText(path, text);
        return path;
    }
}
