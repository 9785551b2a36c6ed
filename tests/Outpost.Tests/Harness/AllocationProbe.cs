using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Sidecar.Outpost.Tests.Harness;

/// <summary>Notes what the thread allocates between the server's call and the filled response.</summary>
internal sealed class AllocationProbe : IStartupFilter
{
    public List<long> Bytes { get; } = [];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(following => context =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var answering = following(context);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Bytes.Add(answering.IsCompletedSuccessfully ? allocated : long.MaxValue);
            return answering;
        });
        next(app);
    };
}
