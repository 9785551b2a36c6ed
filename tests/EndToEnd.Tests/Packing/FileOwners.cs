using System.Diagnostics;

namespace Sidecar.EndToEnd.Tests.Packing;

/// <summary>Owners and rights of files, which the class library does not tell.</summary>
internal static class FileOwners
{
    /// <returns>The paths below <paramref name="folder"/> that the expression of find(1) matches, a line each.</returns>
    public static string Find(string folder, params string[] expression)
    {
        using var find = Process.Start(new ProcessStartInfo("/usr/bin/find", [folder, .. expression]) { RedirectStandardOutput = true })!;
        return find.StandardOutput.ReadToEnd();
    }
}
