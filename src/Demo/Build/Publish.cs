using Sidecar.Demo.Command;
using Sidecar.Demo.Data;
using Sidecar.Demo.Processes;

namespace Sidecar.Demo.Build;

/// <summary>One dotnet publish. Its build servers end with it: the demo leaves nothing running.</summary>
internal static class Publish
{
    public static async Task RunAsync(string project, string output, IReadOnlyList<string> more, CancellationToken stop)
    {
        // Without analyzers: whoever tries the product does not wait for what is meant for those who change it.
        var command = new ChildCommand(
            Environment.ProcessPath is { } self && Path.GetFileName(self) == "dotnet" ? self : "dotnet",
            ["publish", project, "-c", "Release", "-o", output, "-v", "q", "-nologo", "-clp:ErrorsOnly",
                "-nodeReuse:false", "-p:UseSharedCompilation=false", "-p:RunAnalyzers=false", .. more])
        {
            WorkingDirectory = RepositoryFolder.Root,
            Environment = new Dictionary<string, string?> { ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["MSBUILDDISABLENODEREUSE"] = "1" },
        };
        await using var publish = await ChildProcess.StartAsync(command);
        if (await publish.Exited.WaitAsync(stop) is var code and not 0)
        {
            throw new DemoException($"dotnet publish {project} ended with {code}:\n{publish.Output}");
        }
    }
}
