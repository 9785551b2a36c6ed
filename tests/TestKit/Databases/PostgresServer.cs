using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Sidecar.TestKit.Databases;

/// <summary>A PostgreSQL server of the tests' own, on a free loopback port, gone when disposed.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly OwnedProcess _process;
    private int _databases;

    private PostgresServer(OwnedProcess process, int port)
    {
        _process = process;
        Port = port;
    }

    public static string Host => "127.0.0.1";

    public static string User => "postgres";

    public int Port { get; }

    public static async Task<PostgresServer> StartAsync()
    {
        var folder = Path.Combine(Path.GetTempPath(), "sidecar-postgres-" + Guid.NewGuid().ToString("N"));
        await OwnedProcess.RunAsync(Tool("initdb"), "-D", folder, "-U", User, "-A", "trust", "-E", "UTF8", "--no-sync");
        var port = OwnedProcess.FreePort();
        var process = OwnedProcess.Start(
            folder, Tool("postgres"), "-D", folder, "-h", Host, "-p", port.ToString(CultureInfo.InvariantCulture), "-k", "", "-c", "fsync=off", "-c", "full_page_writes=off",

            // Each control plane of a test keeps a pool of its own.
            "-c", "max_connections=500");
        var server = new PostgresServer(process, port);
        await server.WaitAsync();
        return server;
    }

    /// <summary>A new empty database; its name.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await RunClientAsync("createdb", name);
        return name;
    }

    /// <summary>What points a control plane at <paramref name="database"/>.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentFor(string database) => new Dictionary<string, string>
    {
        ["AUTHENTIK_POSTGRESQL__HOST"] = Host,
        ["AUTHENTIK_POSTGRESQL__PORT"] = Port.ToString(CultureInfo.InvariantCulture),
        ["AUTHENTIK_POSTGRESQL__USER"] = User,
        ["AUTHENTIK_POSTGRESQL__NAME"] = database,
    };

    /// <summary>What a whole installation on a database of its own needs, the secret key among it.</summary>
    public async Task<Dictionary<string, string?>> NewInstallationAsync()
    {
        var environment = EnvironmentFor(await CreateDatabaseAsync()).ToDictionary(pair => pair.Key, string? (pair) => pair.Value);
        environment["AUTHENTIK_SECRET_KEY"] = Convert.ToHexString(RandomNumberGenerator.GetBytes(30));
        return environment;
    }

    public Task ExecuteAsync(string database, string sql) => RunClientAsync("psql", "-v", "ON_ERROR_STOP=1", "-q", "-d", database, "-c", sql);

    /// <summary>Transactions so far in <paramref name="database"/>, ended either way.</summary>
    public async Task<long> TransactionsAsync(string database) => long.Parse(
        await RunClientAsync("psql", "-At", "-d", "postgres", "-c", $"select xact_commit + xact_rollback from pg_stat_database where datname = '{database}'"),
        CultureInfo.InvariantCulture);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private Task<string> RunClientAsync(string tool, params string[] arguments) => OwnedProcess.RunAsync(
        [Tool(tool), "-h", Host, "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", User, .. arguments]);

    private async Task WaitAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        while (true)
        {
            try
            {
                await RunClientAsync("psql", "-q", "-d", "postgres", "-c", "select 1");
                return;
            }
            catch (Exception error) when (error is InvalidOperationException or SocketException)
            {
                await Task.Delay(100, limit.Token);
            }
        }
    }

    // Debian keeps the server's programs out of the PATH; the newest version wins.
    private static string Tool(string name)
    {
        const string versions = "/usr/lib/postgresql";
        return Directory.Exists(versions)
            ? Directory.GetDirectories(versions).OrderDescending().Select(version => Path.Combine(version, "bin", name)).FirstOrDefault(File.Exists) ?? name
            : name;
    }
}
