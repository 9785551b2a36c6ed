using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Server;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Tests.Support;

/// <summary>A control plane in this process on a database of its own: migrated and seeded, not listening unless <see cref="StartAsync"/> is called.</summary>
internal sealed class TestPlane : IAsyncDisposable
{
    private readonly string _folder;
    private readonly WebApplication _app;
    private bool _started;

    private TestPlane(string folder, WebApplication app)
    {
        _folder = folder;
        _app = app;
    }

    public IServiceProvider Services => _app.Services;

    public string StateFolder => Path.Combine(_folder, "control-plane");

    public static async Task<TestPlane> CreateAsync(PostgresFixture postgres, DatabaseKind kind, params (string Name, string Value)[] environment)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("sidecar-test-").FullName;
        var variables = new Dictionary<string, string>
        {
            ["SIDECAR_DATA"] = folder,
            ["AUTHENTIK_SECRET_KEY"] = "a secret key that is long enough for tests",
            ["AUTHENTIK_LISTEN__HTTP"] = "127.0.0.1:0",
            ["AUTHENTIK_OUTPOSTS__DISABLE_EMBEDDED_OUTPOST"] = "true",
            ["AUTHENTIK_LOG_LEVEL"] = "warning",
        };
        if (kind == DatabaseKind.Postgres)
        {
            var server = await postgres.ServerAsync();
            foreach (var (name, value) in server.EnvironmentFor(await server.CreateDatabaseAsync()))
            {
                variables[name] = value;
            }
        }

        foreach (var (name, value) in environment)
        {
            variables[name] = value;
        }

        Assert.True(ControlPlaneOptions.TryRead(variables.GetValueOrDefault, out var options, out var problem), problem);
        return await CreateAsync(folder, options);
    }

    /// <summary>Begins to listen and to do background work; the address.</summary>
    public async Task<Uri> StartAsync()
    {
        _started = true;
        await _app.StartAsync();
        return new Uri(_app.Urls.First() + "/");
    }

    public AsyncServiceScope Scope() => _app.Services.CreateAsyncScope();

    public ControlPlaneContext Open() => _app.Services.GetRequiredService<Database>().Open();

    public async ValueTask DisposeAsync()
    {
        if (_started)
        {
            await _app.StopAsync();
        }

        await _app.DisposeAsync();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private static async Task<TestPlane> CreateAsync(string folder, ControlPlaneOptions options)
    {
        await MigratedSqlite.PlaceAsync(options);
        var app = ServerHost.Build(options);
        await ServerHost.PrepareAsync(app.Services, CancellationToken.None);
        return new TestPlane(folder, app);
    }
}
