using Sidecar.Demo.Data;
using Sidecar.Demo.Processes;

namespace Sidecar.Demo.Build;

/// <summary>
/// One compiler for everything that the demo builds: warm after the first project, which spares a newcomer a quarter of the wait. The one that
/// dotnet starts by itself lives on after the build; this one is ours and ends with it.
/// </summary>
internal sealed class CompilerServer : IAsyncDisposable
{
    private readonly ChildProcess? _process;

    private CompilerServer(ChildProcess? process, string pipe)
    {
        _process = process;
        Properties = process is null ? ["-p:UseSharedCompilation=false"] : ["-p:UseSharedCompilation=true", $"-p:SharedCompilationId={pipe}"];
    }

    /// <summary>What makes a build use it; without one, each project starts a compiler of its own.</summary>
    public IReadOnlyList<string> Properties { get; }

    public static async Task<CompilerServer> StartAsync(CancellationToken stop)
    {
        var pipe = $"sidecar-demo-{Guid.NewGuid():N}";
        if (await FindAsync(stop) is not { } program)
        {
            return new CompilerServer(null, pipe);
        }

        var command = new ChildCommand(DotnetCommand.Host, ["exec", program, $"-pipename:{pipe}"]) { Environment = DotnetCommand.Settings };
        return new CompilerServer(await ChildProcess.StartAsync(command), pipe);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.KillAsync();
            await _process.DisposeAsync();
        }
    }

    /// <summary>The compiler server of the SDK that builds this repository (global.json chooses); null where it does not have one.</summary>
    private static async Task<string?> FindAsync(CancellationToken stop)
    {
        var version = (await AnswerAsync("--version", stop)).Trim();
        var folder = (await AnswerAsync("--list-sdks", stop)).Split('\n')
            .Where(line => line.StartsWith($"{version} [", StringComparison.Ordinal))
            .Select(line => line[(version.Length + 2)..].TrimEnd(']', '\r'))
            .FirstOrDefault();
        return folder is null || Path.Combine(folder, version, "Roslyn", "bincore", "VBCSCompiler.dll") is var program && !File.Exists(program)
            ? null
            : program;
    }

    private static async Task<string> AnswerAsync(string question, CancellationToken stop)
    {
        await using var asked = await ChildProcess.StartAsync(
            new ChildCommand(DotnetCommand.Host, [question]) { WorkingDirectory = RepositoryFolder.Root });
        await asked.Exited.WaitAsync(stop);
        return asked.Output;
    }
}
