using Sidecar.Demo.Command;
using Sidecar.Demo.Data;
using Sidecar.Demo.Edge;

namespace Sidecar.Demo.Edges;

/// <summary>What stands in front of the services: the built-in edge or a real proxy.</summary>
internal sealed class DemoEdge(IAsyncDisposable running, Task exited) : IAsyncDisposable
{
    /// <summary>Completes if a real proxy ends by itself.</summary>
    public Task Exited { get; } = exited;

    public static async Task<DemoEdge> StartAsync(EdgeKind kind, string? program, DemoData data, DemoPlaces places, CancellationToken stop)
    {
        if (program is null)
        {
            var server = await EdgeServer.StartAsync(BuiltInEdge.Options(places));
            return new DemoEdge(server, Task.Delay(Timeout.Infinite, stop));
        }

        Console.WriteLine($"Starting {program} as the edge...");
        var proxy = await EdgePrograms.StartAsync(kind, program, data, places, stop);
        return new DemoEdge(proxy, proxy.Exited);
    }

    public ValueTask DisposeAsync() => running.DisposeAsync();
}
