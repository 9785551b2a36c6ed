using System.Security.Cryptography;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Policies.Descriptions;
using Sidecar.ControlPlane.Policies.Evaluation;

namespace Sidecar.ControlPlane.Policies.Kinds;

/// <summary>Waits and answers what it was told to: to try out where a policy is asked, and what becomes of one that is slow.</summary>
internal sealed class DummyPolicy(TimeProvider time) : IPolicyHandler
{
    private const int LongestWait = 300;

    public static PolicyDescription Description { get; } = new()
    {
        Kind = PolicyKind.Dummy,
        Name = "Dummy Policy",
        Plural = "Dummy Policies",
        Summary = "Answers yes or no after a while, to try out bindings.",
        Settings = [new PolicyFlag("result", false), new PolicyNumber("wait_min", 5, 0, LongestWait), new PolicyNumber("wait_max", 30, 0, LongestWait)],
        Check = draft => draft.Body.Refuses(
            "wait_max", NumberOf(draft, "wait_min", 5) > NumberOf(draft, "wait_max", 30), "\"wait_max\" (30 if missing) must not be less than \"wait_min\" (5 if missing)."),
    };

    public string Kind => PolicyKind.Dummy;

    public async Task<PolicyResult> EvaluateAsync(Policy policy, PolicyRequest request, CancellationToken cancel)
    {
        var least = policy.Settings.Number("wait_min", 5);
        await Task.Delay(TimeSpan.FromSeconds(RandomNumberGenerator.GetInt32(least, policy.Settings.Number("wait_max", 30) + 1)), time, cancel);
        return policy.Settings.Flag("result", false) ? PolicyResult.Pass : PolicyResult.Fail("The dummy policy says no.");
    }

    private static int NumberOf(PolicyDraft draft, string name, int byDefault) => draft.Settings[name]?.GetValue<int>() ?? byDefault;
}
