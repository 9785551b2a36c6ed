using System.Globalization;
using Sidecar.TestKit.Databases;

namespace Sidecar.EndToEnd.Tests.Compose;

/// <summary>The PostgreSQL and the Redis of a compose file, as processes.</summary>
internal sealed class ComposeStores : IAsyncDisposable
{
    private readonly PostgresServer _postgres;
    private readonly RedisServer _redis;

    private ComposeStores(PostgresServer postgres, RedisServer redis) => (_postgres, _redis) = (postgres, redis);

    /// <param name="environment">Of the service that uses them. Its role, database and passwords are made, as the images do at their first start.</param>
    public static async Task<ComposeStores> StartAsync(IReadOnlyDictionary<string, string> environment)
    {
        var redis = await RedisServer.StartAsync(environment.GetValueOrDefault("AUTHENTIK_REDIS__PASSWORD", ""));
        var stores = new ComposeStores(await PostgresServer.StartAsync(), redis);
        await stores.CreateDatabaseAsync(environment);
        return stores;
    }

    /// <summary>Without a container network the names of the file lead nowhere: they are replaced by where the servers really are.</summary>
    public Dictionary<string, string?> Located(IReadOnlyDictionary<string, string> environment)
    {
        var located = environment.ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
        Assert.Equal("postgresql", located["AUTHENTIK_POSTGRESQL__HOST"]);
        Assert.Equal("redis", located["AUTHENTIK_REDIS__HOST"]);
        located["AUTHENTIK_POSTGRESQL__HOST"] = PostgresServer.Host;
        located["AUTHENTIK_POSTGRESQL__PORT"] = _postgres.Port.ToString(CultureInfo.InvariantCulture);
        located["AUTHENTIK_REDIS__HOST"] = RedisServer.Host;
        located["AUTHENTIK_REDIS__PORT"] = _redis.Port.ToString(CultureInfo.InvariantCulture);
        return located;
    }

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    private async Task CreateDatabaseAsync(IReadOnlyDictionary<string, string> environment)
    {
        await _postgres.ExecuteAsync("postgres", $"CREATE ROLE {environment["AUTHENTIK_POSTGRESQL__USER"]} LOGIN PASSWORD '{environment["AUTHENTIK_POSTGRESQL__PASSWORD"]}'");
        await _postgres.ExecuteAsync("postgres", $"CREATE DATABASE {environment["AUTHENTIK_POSTGRESQL__NAME"]} OWNER {environment["AUTHENTIK_POSTGRESQL__USER"]}");
    }
}
