using Sidecar.Demo.Processes;

namespace Sidecar.Demo.Build;

/// <summary>What native compilation needs from the system: a C linker and zlib's headers.</summary>
internal static class NativeToolchain
{
    private const string AptGet = "/usr/bin/apt-get";

    /// <summary>False when it is missing and this process may not install it.</summary>
    public static async Task<bool> EnsureAsync(CancellationToken stop)
    {
        var missing = Missing();
        if (missing.Count == 0)
        {
            return true;
        }

        if (Environment.UserName != "root" || !File.Exists(AptGet))
        {
            Console.WriteLine($"A native build needs what is missing here: {string.Join(", ", missing)} (Debian's names for the packages).");
            return false;
        }

        Console.WriteLine($"Installing what a native build needs: {string.Join(", ", missing)} (Debian packages)...");
        return await AptAsync(["update", "-qq"], stop) && await AptAsync(["install", "-y", "-qq", .. missing], stop) && Missing().Count == 0;
    }

    private static List<string> Missing()
    {
        var missing = new List<string>();
        if (PathSearch.Find("clang") is null && PathSearch.Find("gcc") is null)
        {
            missing.Add("clang");
        }

        if (!File.Exists("/usr/include/zlib.h"))
        {
            missing.Add("zlib1g-dev");
        }

        return missing;
    }

    private static async Task<bool> AptAsync(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        var command = new ChildCommand(AptGet, arguments) { Environment = new Dictionary<string, string?> { ["DEBIAN_FRONTEND"] = "noninteractive" } };
        await using var apt = await ChildProcess.StartAsync(command);
        var code = await apt.Exited.WaitAsync(stop);
        if (code != 0)
        {
            Console.WriteLine($"apt-get {arguments[0]} ended with {code}: {apt.Output}");
        }

        return code == 0;
    }
}
