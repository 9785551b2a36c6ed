using System.Diagnostics;
using Sidecar.TestKit.Processes;

namespace Sidecar.ControlPlane.Tests.OpenId;

/// <summary>A relying party made from npm's <c>openid-client</c> and <c>jose</c>, in the versions that its lock file pins. Installed into <c>artifacts/</c>.</summary>
internal static class RelyingPartyPackage
{
    private static readonly string[] Files = ["package.json", "package-lock.json", "sign-in.mjs"];

    public static async Task<string> InstallAsync(CancellationToken cancel)
    {
        var sources = Path.Combine(Repository.Root, "tests", "ControlPlane.Tests", "OpenId", "Client");
        var folder = Path.Combine(Repository.Root, "artifacts", "openid-client");
        System.IO.Directory.CreateDirectory(folder);
        foreach (var file in Files)
        {
            File.Copy(Path.Combine(sources, file), Path.Combine(folder, file), overwrite: true);
        }

        var pinned = await File.ReadAllTextAsync(Path.Combine(folder, "package-lock.json"), cancel);
        var stamp = Path.Combine(folder, "installed");
        if (!File.Exists(stamp) || await File.ReadAllTextAsync(stamp, cancel) != pinned)
        {
            // Scripts of a package never run.
            await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder, input: "", cancel);
            await File.WriteAllTextAsync(stamp, pinned, cancel);
        }

        return folder;
    }

    /// <summary>What the program wrote; a program that fails fails the test with all it said.</summary>
    public static async Task<string> RunAsync(string program, string[] arguments, string folder, string input, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start: install nodejs and npm.");
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.StandardInput.WriteAsync(input.AsMemory(), cancel);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancel);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}");
        return await output;
    }
}
