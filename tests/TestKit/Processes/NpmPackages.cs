using System.Diagnostics;

namespace Sidecar.TestKit.Processes;

/// <summary>Packages of npm, in the versions that a folder's lock file pins. Their scripts never run.</summary>
public static class NpmPackages
{
    public static void Install(string folder)
    {
        var start = new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var npm = Process.Start(start) ?? throw new InvalidOperationException("npm did not start: install nodejs and npm.");
        var output = npm.StandardOutput.ReadToEndAsync();
        var errors = npm.StandardError.ReadToEnd();
        npm.WaitForExit();
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm ci ended with {npm.ExitCode} in {folder}:\n{output.Result}\n{errors}");
        }
    }
}
