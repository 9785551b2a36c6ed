using Microsoft.AspNetCore.Http;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Snapshots;

namespace Sidecar.Outpost.Tests.ForwardAuth;

public sealed class HitAllocationTests
{
    [Theory]
    [InlineData("traefik")]
    [InlineData("caddy")]
    [InlineData("nginx")]
    [InlineData("envoy")]
    public async Task A_hit_completes_at_once_and_allocates_nothing(string proxy)
    {
        await using var outpost = new OutpostUnderTest(builder =>
            builder.With(SnapshotBuilder.Application("wiki", SnapshotBuilder.ForGroup(OutpostUnderTest.Staff))));
        var question = proxy switch
        {
            "traefik" => Question.Traefik("https://wiki.example/page?x=1"),
            "caddy" => Question.Caddy("https://wiki.example/page?x=1"),
            "nginx" => Question.Nginx("https://wiki.example/page?x=1"),
            _ => Question.Envoy("https://wiki.example/page?x=1"),
        };
        var context = question.Navigating().With("User-Agent", "browser").WithCookie($"other=1; {outpost.TicketCookie()}; more=2").Build();

        Assert.Equal(0, await MeasureAsync(outpost, context));
    }

    [Fact]
    public async Task A_hit_of_an_accepted_credential_allocates_nothing()
    {
        await using var outpost = new OutpostUnderTest();
        var token = Contracts.Credentials.CredentialFormat.Create();
        var id = Guid.NewGuid();
        outpost.ChangeAna(ana => ana with { Credentials = [id] });
        outpost.ControlPlane.Check = _ => new Outpost.Channel.CredentialOutcome.Accepted(new() { Principal = outpost.Ana, CredentialId = id });
        var context = Question.Traefik("https://wiki.example/api").With("Authorization", "Bearer " + token).Build();

        Assert.Equal(0, await MeasureAsync(outpost, context));
        Assert.Single(outpost.ControlPlane.Checked);
    }

    private static async Task<long> MeasureAsync(OutpostUnderTest outpost, DefaultHttpContext context)
    {
        var dispatcher = outpost.Get<OutpostDispatcher>();
        for (var i = 0; i < 50; i++)
        {
            await dispatcher.InvokeAsync(context);
            Assert.Equal(200, context.Response.StatusCode);
        }

        return Measure(dispatcher, context);
    }

    private static long Measure(OutpostDispatcher dispatcher, DefaultHttpContext context)
    {
        var allAtOnce = true;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            allAtOnce &= dispatcher.InvokeAsync(context).IsCompletedSuccessfully;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allAtOnce);
        Assert.Equal(200, context.Response.StatusCode);
        return allocated;
    }
}
