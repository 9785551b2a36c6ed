using System.Text.RegularExpressions;
using Sidecar.Demo.Processes;
using Sidecar.TestKit.Processes;

namespace Sidecar.Demo.Tests.Command;

/// <summary>The demo as a person starts it, on published programs instead of its own build.</summary>
internal sealed partial class RunningDemo : IAsyncDisposable
{
    private readonly ServerProcess _process;

    private RunningDemo(ServerProcess process) => _process = process;

    public string Output => _process.Output;

    public Uri Service => new(Address().Match(Output).Groups[1].Value);

    public string UserPassword => Password().Match(Output).Groups[1].Value;

    public static async Task<RunningDemo> StartAsync(string data, params string[] more)
    {
        var programs = Directory.CreateDirectory(Path.Combine(data, "bin")).FullName;
        Link(Path.Combine(programs, "outpost"), PublishedPrograms.Outpost);
        Link(Path.Combine(programs, "control-plane"), PublishedPrograms.ControlPlane);
        var command = new ChildCommand(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Sidecar.Demo.dll"), "--data", data, "--no-build", "--port", $"{FreePort.Next()}", .. more])
        {
            TerminateWithParent = true,
            Grace = TimeSpan.FromSeconds(30),
        };
        return new RunningDemo(await ServerProcess.StartAsync(command, Ready.WhenSaid("Ctrl+C ends it all"), TimeSpan.FromMinutes(3)));
    }

    public async Task<int> StopAsync()
    {
        await _process.StopAsync();
        return await _process.Exited;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static void Link(string link, string program)
    {
        if (!Directory.Exists(link))
        {
            Directory.CreateSymbolicLink(link, Path.GetDirectoryName(program)!);
        }
    }

    [GeneratedRegex(@"A protected service\s+(\S+)")]
    private static partial Regex Address();

    [GeneratedRegex(@"ana\s+password\s+(\S+)")]
    private static partial Regex Password();
}
