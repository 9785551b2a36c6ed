using CsCheck;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.ControlPlane.Tests.Flows.Walks;

namespace Sidecar.ControlPlane.Tests.Flows;

/// <summary>
/// Random sequences of what browsers can send, against a model that says after each move who must be signed in and who must not. A walk that goes wrong is shortened and printed with its
/// seed; <c>SIDECAR_WALK_SEED</c> walks it again.
/// </summary>
public sealed class FlowWalkTests
{
    private const int Walks = 120;

    [Fact]
    [Trait("Kind", "Slow")]
    public async Task No_sequence_without_the_required_proofs_ends_signed_in()
    {
        await using var host = await Walker.StartHostAsync();
        var seed = Environment.GetEnvironmentVariable("SIDECAR_WALK_SEED") is { Length: > 0 } given ? ulong.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : Gen.ULong.Single();
        var signedIn = 0;
        for (var i = 0u; i < Walks; i++)
        {
            var walk = WalkMove.Walk.Generate(new PCG(i, seed), null, out _);
            var (ended, problem) = await TryAsync(host, walk);
            signedIn += ended;
            Assert.True(problem is null, problem is null ? "" : $"SIDECAR_WALK_SEED={seed}, walk {i}:\n{await ShortenAsync(host, walk)}");
        }

        // Walks that never come to an end would prove nothing.
        Assert.True(signedIn > Walks / 10, $"only {signedIn} of {Walks} walks signed somebody in; SIDECAR_WALK_SEED={seed}");
    }

    [Fact]
    public async Task The_straight_way_through_each_flow_signs_in_where_it_proves_somebody()
    {
        await using var host = await Walker.StartHostAsync();
        for (var flow = 0; flow < WalkFlow.All.Count; flow++)
        {
            await using var walker = await Walker.StartAsync(host);
            var right = new WalkMove(Act.Right, 0, flow, 0, 0, 0);

            var ended = await walker.WalkAsync([right with { Act = Act.Look }, .. Enumerable.Repeat(right, WalkFlow.All[flow].Steps.Count)]);

            Assert.True(ended == (WalkFlow.All[flow].SignsIn ? 1 : 0), WalkFlow.All[flow].Slug);
        }
    }

    [Fact]
    public async Task What_another_tab_proved_before_a_sign_in_counts_no_more_after_the_sign_out()
    {
        await using var host = await Walker.StartHostAsync();
        await using var walker = await Walker.StartAsync(host);
        var here = new WalkMove(Act.Right, 0, 0, 0, 0, 0);
        var other = here with { Tab = 1 };

        // The other tab stands at the code when this one signs in and out; then it is given everything that it could ask for.
        var ended = await walker.WalkAsync(
            [other with { Act = Act.Look }, other, other, here, here, here, here with { Act = Act.SignOut }, other with { Act = Act.Everything }]);

        Assert.Equal(1, ended);
    }

    private static async Task<(int Ended, string? Problem)> TryAsync(FlowHost host, IEnumerable<WalkMove> walk)
    {
        await using var walker = await Walker.StartAsync(host);
        try
        {
            return (await walker.WalkAsync(walk), null);
        }
        catch (Xunit.Sdk.XunitException problem)
        {
            return (0, problem.Message);
        }
    }

    /// <summary>Leaves out every move without which it still goes wrong.</summary>
    private static async Task<string> ShortenAsync(FlowHost host, IReadOnlyList<WalkMove> walk)
    {
        var (kept, told) = (walk.ToList(), "it went well when it was walked again");
        for (var i = kept.Count - 1; i >= 0; i--)
        {
            var shorter = kept.Where((_, index) => index != i).ToList();
            if ((await TryAsync(host, shorter)).Problem is { } problem)
            {
                (kept, told) = (shorter, problem);
            }
        }

        return $"{string.Join('\n', kept)}\n{told}";
    }
}
