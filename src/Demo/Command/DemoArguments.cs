using System.Globalization;

namespace Sidecar.Demo.Command;

/// <summary>The command line.</summary>
internal sealed record DemoArguments
{
    public const string Help = """
        Sidecar's demo: single sign-on in front of a service, on this machine alone.

          dotnet run --project src/Demo [-- options]

          --edge <name>   what stands in front: traefik, caddy, nginx or haproxy from the PATH.
                          Without it: the built-in edge, which follows Traefik's forwardAuth contract.
          --port <n>      port for the browser (8080; a busy one is named and another taken)
          --data <dir>    where everything is kept (.demo in the repository); the next start finds it again
          --no-build      use the programs that an earlier start built
          --help          this text

        Ctrl+C ends everything. To start afresh, delete the data folder.
        """;

    public EdgeKind Edge { get; init; }

    public int Port { get; init; } = 8080;

    public string? Data { get; init; }

    public bool Build { get; init; } = true;

    public bool ShowHelp { get; init; }

    public static DemoArguments Parse(IReadOnlyList<string> words)
    {
        var parsed = new DemoArguments();
        for (var i = 0; i < words.Count; i++)
        {
            parsed = words[i] switch
            {
                "--help" or "-h" => parsed with { ShowHelp = true },
                "--no-build" => parsed with { Build = false },
                "--edge" => parsed with { Edge = EdgeNamed(Value(words, ++i)) },
                "--port" => parsed with { Port = PortIn(Value(words, ++i)) },
                "--data" => parsed with { Data = Value(words, ++i) },
                var other => throw new DemoException($"'{other}' is not an option; --help shows them"),
            };
        }

        return parsed;
    }

    private static string Value(IReadOnlyList<string> words, int index) =>
        index < words.Count ? words[index] : throw new DemoException($"{words[index - 1]} needs a value");

    private static EdgeKind EdgeNamed(string name) => name switch
    {
        "traefik" => EdgeKind.Traefik,
        "caddy" => EdgeKind.Caddy,
        "nginx" => EdgeKind.Nginx,
        "haproxy" => EdgeKind.Haproxy,
        _ => throw new DemoException($"--edge takes traefik, caddy, nginx or haproxy, not '{name}'"),
    };

    private static int PortIn(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw new DemoException($"--port takes a number from 1 to 65535, not '{text}'");
}
