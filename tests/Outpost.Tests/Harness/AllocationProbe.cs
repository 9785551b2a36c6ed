using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Sidecar.Outpost.Tests.Harness;

/// <summary>Notes what the thread allocates between the server's call and the filled response.</summary>
internal sealed class AllocationProbe(IHttpApplication<DefaultHttpContext> requests, List<long> bytes) : IHttpApplication<DefaultHttpContext>
{
    public DefaultHttpContext CreateContext(IFeatureCollection contextFeatures) => requests.CreateContext(contextFeatures);

    public Task ProcessRequestAsync(DefaultHttpContext context)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var answering = requests.ProcessRequestAsync(context);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        bytes.Add(answering.IsCompletedSuccessfully ? allocated : long.MaxValue);
        return answering;
    }

    public void DisposeContext(DefaultHttpContext context, Exception? exception) => requests.DisposeContext(context, exception);
}
