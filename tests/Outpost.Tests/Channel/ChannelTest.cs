using Sidecar.Contracts;
using Sidecar.Contracts.Channel;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Principals;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.Tests.Hosting;
using Sidecar.TestKit.Channel;

namespace Sidecar.Outpost.Tests.Channel;

/// <summary>An outpost and its control plane over real connections. In several classes, which run beside each other: much of the time is waiting.</summary>
public abstract class ChannelTest : IAsyncLifetime
{
    private protected string Folder { get; } = RunningOutpost.NewFolder();

    private protected FakeControlPlane Plane { get; private set; } = null!;

    private protected RunningOutpost? Running { get; set; }

    private protected long Revision => Running!.Get<ServingHolder>().Current?.Compiled.Source.Revision ?? 0;

    private protected PrincipalTable Principals => Running!.Get<PrincipalTable>();

    private protected string State => Path.Combine(Folder, "outpost");

    public async ValueTask InitializeAsync()
    {
        Plane = await FakeControlPlane.StartAsync();
        Plane.Publish();
    }

    public async ValueTask DisposeAsync()
    {
        if (Running is not null)
        {
            await Running.DisposeAsync();
        }

        await Plane.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected async Task StartAsync(long revision = 1)
    {
        Running = await RunningOutpost.StartAsync(Plane, Folder);
        await Eventually.HoldsAsync(() => Revision == revision, "the first snapshot is served");
        await Eventually.HoldsAsync(() => Running.Get<ChannelState>().IsStreaming, "the stream is up");
    }

    private protected async Task<Contracts.Principals.Principal> HoldAsync()
    {
        var ana = Plane.Put(SamplePrincipal.Create());
        var found = await Principals.FetchAsync(ana.Id, ana.Revision, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(PrincipalLookupStatus.Found, found.Status);
        return ana;
    }

    private protected void Send(byte[] document)
    {
        Plane.Document = document;
        Plane.ForgetsTags = true;
        Plane.AnnounceDocument();
    }

    private protected async Task RefusedAsync(string why, long standing = 1)
    {
        await Eventually.HoldsAsync(() => Running!.Get<SnapshotReceiver>().Refusals > 0, "the snapshot is refused");
        Assert.Contains(why, Running!.Get<SnapshotReceiver>().LastRefusal, StringComparison.Ordinal);
        Assert.Equal(standing, Revision);
    }

    private protected void SayGoodbye(Guid installation)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
            new Goodbye { Reason = Goodbye.TokenRevoked, Installation = installation }, ContractsJson.Default.Goodbye);
        Plane.Instead = context =>
        {
            context.Response.StatusCode = 401;
            context.Response.Headers[ChannelRoutes.TimeHeader] = "1";
            return context.Response.Body.WriteAsync(body).AsTask();
        };
        Plane.CutStreams();
    }
}
