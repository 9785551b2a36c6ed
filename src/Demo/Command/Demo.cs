using Sidecar.Demo.Build;
using Sidecar.Demo.Data;
using Sidecar.Demo.Edges;
using Sidecar.Demo.Provisioning;
using Sidecar.Demo.SampleService;
using Sidecar.Demo.Server;

namespace Sidecar.Demo.Command;

/// <summary>Builds, starts, sets up, explains, and waits for the end.</summary>
internal static class Demo
{
    public static async Task RunAsync(DemoArguments arguments, CancellationToken stop)
    {
        var data = DemoData.Open(arguments.Data);
        var edgeProgram = EdgePrograms.Find(arguments.Edge);
        var programs = await DemoPrograms.PrepareAsync(data, arguments.Build, stop);
        var places = DemoPlaces.Choose(arguments.Port);

        await using var sample = await SampleServer.StartAsync(places.SamplePort);
        await using var server = await ServerProgram.StartAsync(programs, data, places, stop);
        await using var edge = await DemoEdge.StartAsync(arguments.Edge, edgeProgram, data, places, stop);

        Console.WriteLine("Setting up the example: a user, a group, an application...");
        using var api = new DemoApi(places.Server, data.Token);
        var objects = await DemoObjects.EnsureAsync(api, places, data, stop);
        await PublicCheck.WaitAsync(places, stop);

        Guide.Print(places, data, objects);
        await Task.WhenAny(server.Exited, edge.Exited, Task.Delay(Timeout.Infinite, stop));
        stop.ThrowIfCancellationRequested();
        throw new DemoException($"{(edge.Exited.IsCompleted ? "The edge" : "sidecar server")} ended by itself. Its last words:\n{server.LastWords}");
    }
}
