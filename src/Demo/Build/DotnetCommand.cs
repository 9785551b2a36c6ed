using Sidecar.Demo.Command;
using Sidecar.Demo.Data;
using Sidecar.Demo.Processes;

namespace Sidecar.Demo.Build;

/// <summary>One command of dotnet on a project of this repository. What it starts ends with it: the demo leaves nothing running.</summary>
internal static class DotnetCommand
{
    // Without analyzers, advisories, documentation files and the linker's symbols: whoever tries the product does not wait for what is meant for
    // those who change it.
    private static readonly string[] Properties =
    [
        "-v", "q", "-nologo", "-clp:ErrorsOnly", "-nodeReuse:false", "-p:Configuration=Release", "-p:RunAnalyzers=false", "-p:NuGetAudit=false",
        "-p:GenerateDocumentationFile=false", "-p:NativeDebugSymbols=false",
    ];

    public static string Host { get; } = Environment.ProcessPath is { } self && Path.GetFileName(self) == "dotnet" ? self : "dotnet";

    public static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        // Profiles pay off in what runs for minutes; a compiler that runs for seconds only pays for them, a fifth of its time.
        ["DOTNET_TieredPGO"] = "0",
    };

    public static async Task RunAsync(string verb, string project, IReadOnlyList<string> more, CancellationToken stop)
    {
        var command = new ChildCommand(Host, [verb, project, .. Properties, .. more]) { WorkingDirectory = RepositoryFolder.Root, Environment = Settings };
        await using var running = await ChildProcess.StartAsync(command);
        if (await running.Exited.WaitAsync(stop) is var code and not 0)
        {
            throw new DemoException($"dotnet {verb} {project} ended with {code}:\n{running.Output}");
        }
    }
}
