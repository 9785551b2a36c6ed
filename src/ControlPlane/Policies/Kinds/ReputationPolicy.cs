using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Attempts;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Policies.Descriptions;
using Sidecar.ControlPlane.Policies.Evaluation;
using Sidecar.ControlPlane.Policies.Reputations;

namespace Sidecar.ControlPlane.Policies.Kinds;

/// <summary>
/// Passes when the reputation is bad, as in authentik: bound to a stage, it shows the stage only then; bound negated to a flow, it keeps out. A name that leads nowhere has
/// a reputation like any other, or the difference would tell who exists.
/// </summary>
internal sealed class ReputationPolicy(ReputationBook book) : IPolicyHandler
{
    public static PolicyDescription Description { get; } = new()
    {
        Kind = PolicyKind.Reputation,
        Name = "Reputation Policy",
        Plural = "Reputation Policies",
        Summary = "Passes when too many sign-ins of an account or from an address were refused.",
        Settings =
        [
            new PolicyFlag("check_ip", true),
            new PolicyFlag("check_username", true),

            // A score is never above zero.
            new PolicyNumber("threshold", -5, ReputationBook.Lowest, -1),
        ],
        Check = draft => draft.Body.Refuses(
            "check_username",
            draft.Settings["check_ip"]?.GetValue<bool>() == false && draft.Settings["check_username"]?.GetValue<bool>() == false,
            "Check the address, the user name or both."),
    };

    public string Kind => PolicyKind.Reputation;

    public async Task<PolicyResult> EvaluateAsync(Policy policy, PolicyRequest request, CancellationToken cancel)
    {
        var named = request.User is not null || request.Identifier is not null;
        var score = await book.SumAsync(
            policy.Settings.Flag("check_username", true) && named ? ReputationBook.AccountOf(request.User, request.Identifier ?? "") : null,
            policy.Settings.Flag("check_ip", true) && request.Address is not null ? AttemptKey.Of(request.Address) : null,
            cancel);
        return new PolicyResult(score <= policy.Settings.Number("threshold", -5), [$"The reputation is {score}."]);
    }
}
