using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Sidecar.TestKit.Databases;

/// <summary>A server process that ends with this one, also when this one is killed: its watcher reads a pipe that closes with us.</summary>
internal sealed class OwnedProcess : IAsyncDisposable
{
    // The server runs beside a reader of standard input; whichever way the input ends, the server is told to stop and its folder goes.
    private const string Watch = """
        folder=$1; shift
        "$@" >"$folder.log" 2>&1 &
        server=$!
        cat >/dev/null
        kill -INT $server 2>/dev/null
        wait $server
        rm -rf "$folder" "$folder.log"
        """;

    private readonly Process _watcher;

    private OwnedProcess(Process watcher) => _watcher = watcher;

    public static OwnedProcess Start(string folder, params ReadOnlySpan<string> command)
    {
        var start = new ProcessStartInfo { FileName = AsServiceUser() ? "setpriv" : "sh", RedirectStandardInput = true, UseShellExecute = false };
        if (AsServiceUser())
        {
            AddServiceUser(start);
            start.ArgumentList.Add("sh");
        }

        foreach (var argument in (ReadOnlySpan<string>)["-c", Watch, "sh", folder, .. command])
        {
            start.ArgumentList.Add(argument);
        }

        return new OwnedProcess(Process.Start(start)!);
    }

    /// <returns>What it wrote.</returns>
    public static async Task<string> RunAsync(params string[] command)
    {
        var start = new ProcessStartInfo { FileName = AsServiceUser() ? "setpriv" : command[0], RedirectStandardOutput = true, RedirectStandardError = true };
        if (AsServiceUser())
        {
            AddServiceUser(start);
            start.ArgumentList.Add(command[0]);
        }

        foreach (var argument in command[1..])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command[0]} ended with {process.ExitCode}: {await output}{await error}");
        }

        return await output;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        _watcher.StandardInput.Close();
        await _watcher.WaitForExitAsync();
        _watcher.Dispose();
    }

    // PostgreSQL refuses to run as root.
    private static bool AsServiceUser() => Environment.UserName == "root";

    private static void AddServiceUser(ProcessStartInfo start)
    {
        foreach (var argument in (ReadOnlySpan<string>)["--reuid=postgres", "--regid=postgres", "--clear-groups"])
        {
            start.ArgumentList.Add(argument);
        }
    }
}
