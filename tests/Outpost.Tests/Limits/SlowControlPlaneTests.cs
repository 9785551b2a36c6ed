using Microsoft.Extensions.Time.Testing;
using Sidecar.Contracts.Channel;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.SignIn;
using Sidecar.Outpost.Tests.Hosting;
using Sidecar.TestKit.Channel;

namespace Sidecar.Outpost.Tests.Limits;

/// <summary>A control plane that takes a question and does not answer.</summary>
public sealed class SlowControlPlaneTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(ChannelRoutes.Token)]
    [InlineData(ChannelRoutes.Credentials)]
    [InlineData(ChannelRoutes.Sessions)]
    public async Task A_browser_does_not_wait_for_an_answer_that_does_not_come(string route)
    {
        var folder = RunningOutpost.NewFolder();
        await using var plane = await FakeControlPlane.StartAsync();
        plane.Publish();
        var never = new TaskCompletionSource();
        plane.Instead = _ => never.Task;
        await using (var outpost = await RunningOutpost.StartAsync(plane, folder))
        {
            var time = new FakeTimeProvider();
            var calls = new ControlPlaneCalls(outpost.Get<ControlPlaneClient>(), time);

            var isAnswered = IsAnsweredAsync(calls, route);
            await Eventually.HoldsAsync(() => plane.CountBelow(route) == 1, "the question has come");
            time.Advance(Budget);

            Assert.False(await isAnswered);
            never.SetResult();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task<bool> IsAnsweredAsync(ControlPlaneCalls calls, string route)
    {
        var cancel = TestContext.Current.CancellationToken;
        return route switch
        {
            ChannelRoutes.Token => await calls.RedeemAsync("wiki", "secret", "code", "verifier", "https://wiki.example/", cancel) is not RedeemOutcome.Unavailable,
            ChannelRoutes.Credentials => await calls.CheckCredentialAsync(new CredentialCheck { ClientId = "wiki", Username = null, Secret = "secret" }, cancel) is not CredentialOutcome.Unavailable,
            _ => await calls.EndSessionAsync(Guid.NewGuid(), cancel),
        };
    }
}
