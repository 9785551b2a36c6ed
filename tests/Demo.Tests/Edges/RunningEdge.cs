using Sidecar.Demo.Command;
using Sidecar.TestKit.Wire;

namespace Sidecar.Demo.Tests.Edges;

/// <summary>An edge of the demo with what stands behind it.</summary>
internal sealed class RunningEdge(DemoPlaces places, IReadOnlyList<IAsyncDisposable> parts) : IAsyncDisposable
{
    public Task<RawAnswer> GetAsync(string name, string target, string more = "") => RawClient.SendAsync(
        new Uri($"http://127.0.0.1:{places.EdgePort}/"), $"GET {target} HTTP/1.1\nHost: {name}.sidecar.localhost:{places.EdgePort}\n{more}");

    public async ValueTask DisposeAsync()
    {
        foreach (var part in parts)
        {
            await part.DisposeAsync();
        }
    }
}
