using System.Globalization;
using Sidecar.Demo.Processes;
using Sidecar.TestKit.Processes;

namespace Sidecar.EndToEnd.Tests.Packing;

/// <summary>What the images' health checks run: there is no other program in them to ask with.</summary>
[Trait("Kind", "Slow")]
public sealed class HealthCheckTests
{
    private readonly string _listen = "127.0.0.1:" + FreePort.Next().ToString(CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_worker_is_healthy_while_it_idles_and_not_when_it_is_gone()
    {
        await using (var worker = await StartWorkerAsync())
        {
            Assert.Equal(0, await CheckAsync());
        }

        Assert.Equal(1, await CheckAsync());
    }

    [Fact]
    public async Task A_worker_beside_the_server_idles_although_the_address_is_taken()
    {
        await using var first = await StartWorkerAsync();
        await using var second = await StartWorkerAsync(says: "is taken");

        Assert.False(second.HasExited);
        await second.StopAsync();
        Assert.Equal(0, await second.Exited);
    }

    private Task<ServerProcess> StartWorkerAsync(string says = "not needed") => ServerProcess.StartAsync(
        Command("worker"),
        async (worker, _) => worker.Output.Contains(says, StringComparison.Ordinal) && (says == "is taken" || await CheckAsync() == 0));

    private async Task<int> CheckAsync()
    {
        await using var check = await ChildProcess.StartAsync(Command("healthcheck"));
        return await check.Exited;
    }

    private ChildCommand Command(string command) => new(PublishedPrograms.ControlPlane, command)
    {
        Environment = new Dictionary<string, string?> { ["AUTHENTIK_LISTEN__HTTP"] = _listen },
    };
}
