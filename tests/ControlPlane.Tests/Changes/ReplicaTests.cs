using System.Text.Json;
using Sidecar.Contracts;
using Sidecar.Contracts.Channel;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.TestKit.Databases;

namespace Sidecar.ControlPlane.Tests.Changes;

[Trait("Kind", "Slow")]
public sealed class ReplicaTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_change_on_one_replica_reaches_an_outpost_at_the_other_over_redis_and_without_it()
    {
        await using var redis = await RedisServer.StartAsync();
        var database = await (await postgres.ServerAsync()).CreateDatabaseAsync();
        (string, string)[] environment =
            [.. Scene.Environment, ("AUTHENTIK_POSTGRESQL__NAME", database), .. redis.Environment.Select(pair => (pair.Key, pair.Value))];
        await using var here = await TestPlane.CreateAsync(postgres, DatabaseKind.Postgres, environment);
        await using var there = await TestPlane.CreateAsync(postgres, DatabaseKind.Postgres, environment);
        await here.StartAsync();
        using var client = new ChannelClient(await there.StartAsync(), Scene.OutpostToken);
        var scene = await Scene.BuildAsync(here);
        var trust = (await client.GetAsync(ChannelRoutes.Trust, ContractsJson.Default.TrustDocument))!;
        using var stream = await client.StreamAsync(trust.Epoch, trust.Newest);

        await scene.BeginSessionAsync();
        await ExpectAnaAsync(stream, scene);
        await redis.StopAsync();
        await scene.BeginSessionAsync();
        await ExpectAnaAsync(stream, scene);
        await redis.RestartAsync();
        await scene.LeaveStaffAsync();
        await ExpectAnaAsync(stream, scene);
    }

    private static async Task ExpectAnaAsync(EventReader stream, Scene scene)
    {
        while (true)
        {
            var batch = JsonSerializer.Deserialize((await stream.NextAsync("changes")).Data, ContractsJson.Default.ChangeBatch)!;
            if (batch.Changes.Any(change => change.Principal == scene.Ana))
            {
                return;
            }
        }
    }
}
