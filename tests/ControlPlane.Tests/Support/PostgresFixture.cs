using Sidecar.ControlPlane.Tests.Support;
using Sidecar.TestKit.Databases;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Sidecar.ControlPlane.Tests.Support;

/// <summary>One PostgreSQL server for all tests of this project, started by the first that asks; each test gets a database of its own.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly Lazy<Task<PostgresServer>> _server = new(PostgresServer.StartAsync);

    public Task<PostgresServer> ServerAsync() => _server.Value;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
        {
            await (await _server.Value).DisposeAsync();
        }
    }
}
