using System.Globalization;
using Sidecar.Demo.Processes;
using Sidecar.TestKit.Processes;

namespace Sidecar.TestKit.Proxies;

/// <summary>A real proxy with a configuration of a test, on a free loopback port, in a folder that goes away with it.</summary>
public sealed class ProxyServer : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly string _folder;

    private ProxyServer(ServerProcess process, string folder, int port) => (_process, _folder, Port) = (process, folder, port);

    public int Port { get; }

    public int ProcessId => _process.Id;

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}/"));

    public string Output => _process.Output;

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <param name="configure">The configuration for the port to listen on.</param>
    /// <param name="command">The command for the folder to run in and the file with the configuration.</param>
    internal static async Task<ProxyServer> StartAsync(Func<int, string> configure, Func<string, string, ChildCommand> command)
    {
        var (folder, port) = (Directory.CreateTempSubdirectory("sidecar-proxy-").FullName, FreePort.Next());
        var file = Path.Combine(folder, "proxy.conf");
        await File.WriteAllTextAsync(file, configure(port));
        try
        {
            return new ProxyServer(await ServerProcess.StartAsync(command(folder, file), Ready.WhenListening(port)), folder, port);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>The program's path; a test that needs it and has none says which package is missing.</summary>
    internal static string Program(string name) => PathSearch.Find(name)
        ?? throw new FileNotFoundException($"{name} is not on the PATH: install the Debian package {name}");
}
