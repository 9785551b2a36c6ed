namespace Sidecar.EndToEnd.Tests.Outposts;

/// <summary>One outpost for all tests of a class that only read it.</summary>
public sealed class MetricsFixture : IAsyncLifetime
{
    internal OutpostScene Scene { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Scene = await OutpostScene.StartAsync();

    public ValueTask DisposeAsync() => Scene?.DisposeAsync() ?? ValueTask.CompletedTask;
}
