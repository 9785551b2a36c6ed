using System.Diagnostics;

namespace Sidecar.Load.Drivers;

/// <summary>Runs a load generator to its end and answers what it wrote.</summary>
internal static class Generator
{
    /// <param name="program">Its name on the PATH.</param>
    /// <param name="package">The Debian package that has it.</param>
    /// <param name="arguments">As a shell would pass them.</param>
    public static async Task<string> RunAsync(string program, string package, params IReadOnlyList<string> arguments)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true } };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception problem)
        {
            throw new InvalidOperationException($"{program} did not start: install the Debian package {package}", problem);
        }

        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}:\n{output}{await errors}");
    }
}
