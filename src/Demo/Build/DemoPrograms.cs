using Sidecar.Demo.Command;
using Sidecar.Demo.Data;

namespace Sidecar.Demo.Build;

/// <summary>The two programs that the demo runs, published into its data folder.</summary>
internal sealed record DemoPrograms(string Outpost, string ControlPlane)
{
    private const string OutpostProject = "src/Outpost";
    private const string ControlPlaneProject = "src/ControlPlane";

    public static async Task<DemoPrograms> PrepareAsync(DemoData data, bool build, CancellationToken stop)
    {
        var programs = new DemoPrograms(
            Path.Combine(data.Programs, "outpost", "sidecar-outpost"),
            Path.Combine(data.Programs, "control-plane", "sidecar"));
        if (build)
        {
            await programs.BuildAsync(stop);
        }

        return File.Exists(programs.Outpost) && File.Exists(programs.ControlPlane)
            ? programs
            : throw new DemoException($"Nothing was built in {data.Programs} yet: start once without --no-build");
    }

    private async Task BuildAsync(CancellationToken stop)
    {
        if (!File.Exists(Outpost))
        {
            Console.WriteLine("First run: fetches NuGet packages and the native compiler from NuGet where they are missing, and builds. This takes a minute or two.");
        }

        var native = await NativeToolchain.EnsureAsync(stop);
        Console.WriteLine(native
            ? "Building the outpost (native) and the control plane..."
            : "Building the outpost (the same program, not native: it starts slower and needs more memory) and the control plane...");
        string[] form = native ? ["-r", "linux-x64"] : ["-r", "linux-x64", "-p:PublishAot=false", "--self-contained", "false"];

        await using var compiler = await CompilerServer.StartAsync(stop);
        form = [.. form, .. compiler.Properties];

        // Both read the same libraries, so those are built and restored by one of them at a time; compiling to native code, most of the work, goes
        // on beside the other program.
        await DotnetCommand.RunAsync("build", OutpostProject, form, stop);
        await DotnetCommand.RunAsync("restore", ControlPlaneProject, [], stop);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task[] publishing =
        [
            DotnetCommand.RunAsync("publish", OutpostProject, ["--no-build", "-o", Folder(Outpost), .. form], both.Token),
            DotnetCommand.RunAsync("publish", ControlPlaneProject, ["--no-restore", "-o", Folder(ControlPlane), .. compiler.Properties], both.Token),
        ];
        await foreach (var ended in Task.WhenEach(publishing))
        {
            if (!ended.IsCompletedSuccessfully)
            {
                await both.CancelAsync();
            }
        }

        await Task.WhenAll(publishing);
    }

    private static string Folder(string program) => Path.GetDirectoryName(program)!;
}
