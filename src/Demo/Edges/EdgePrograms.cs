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
    public static string? Find(EdgeKind kind) => kind == EdgeKind.BuiltIn ? null : PathSearch.Find(NameOf(kind)) ?? throw Missing(kind);

    public static DemoException Missing(EdgeKind kind)
    {
        var name = NameOf(kind);
        var source = kind == EdgeKind.Traefik ? "Debian has no package of it" : $"it is in Debian's package {name} (apt-get install {name})";
        return new DemoException($"--edge {name}: there is no {name} on the PATH; {source}");
    }

    private static string NameOf(EdgeKind kind) => kind.ToString().ToLowerInvariant();

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
        EdgeKind.Haproxy => new ChildCommand(
            program, "-db", "-f", Write(data, "haproxy.cfg", HaproxyConfiguration.For(places, Write(data, "sidecar.lua", Recipes.HaproxyScript())))),
        _ => new ChildCommand(program, TraefikConfiguration.Arguments(places, Write(data, "traefik.yml", TraefikConfiguration.For(places)))),
    };

    private static string Write(DemoData data, string name, string text)
    {
        var path = Path.Combine(data.Edge, name);
        File.WriteAllText(path, text);
        return path;
    }
}
