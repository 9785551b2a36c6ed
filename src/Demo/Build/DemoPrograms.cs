using Sidecar.Demo.Command;
using Sidecar.Demo.Data;

namespace Sidecar.Demo.Build;

/// <summary>The two programs that the demo runs, published into its data folder.</summary>
internal sealed record DemoPrograms(string Outpost, string ControlPlane)
{
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
        Console.WriteLine(native ? "Building the outpost (native)..." : "Building the outpost (the same program, not native: it starts slower and needs more memory)...");
        await Publish.RunAsync("src/Outpost", Folder(Outpost), native
            ? ["-r", "linux-x64"]
            : ["-r", "linux-x64", "-p:PublishAot=false", "--self-contained", "false"], stop);
        Console.WriteLine("Building the control plane...");
        await Publish.RunAsync("src/ControlPlane", Folder(ControlPlane), [], stop);
    }

    private static string Folder(string program) => Path.GetDirectoryName(program)!;
}
