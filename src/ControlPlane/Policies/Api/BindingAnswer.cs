using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Directory.Api;

namespace Sidecar.ControlPlane.Policies.Api;

/// <summary>The schema's <c>PolicyBinding</c>.</summary>
internal sealed record BindingAnswer
{
    public required Guid Pk { get; init; }

    public required Guid? Policy { get; init; }

    public required Guid? Group { get; init; }

    public required int? User { get; init; }

    public required JsonObject? PolicyObj { get; init; }

    public required PartialGroupAnswer? GroupObj { get; init; }

    public required PartialUserAnswer? UserObj { get; init; }

    public required Guid Target { get; init; }

    public required bool Negate { get; init; }

    public required bool Enabled { get; init; }

    public required int Order { get; init; }

    public required int Timeout { get; init; }

    public required bool FailureResult { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public bool Expiring { get; init; }

    /// <param name="binding">With its user and group.</param>
    /// <param name="policy">Its policy as an answer.</param>
    public static BindingAnswer Of(Binding binding, JsonObject? policy) => new()
    {
        Pk = binding.Id,
        Policy = binding.PolicyId,
        PolicyObj = policy,
        Group = binding.GroupId,
        User = binding.User?.Pk,
        GroupObj = binding.Group is { } group ? PartialGroupAnswer.Of(group) : null,
        UserObj = binding.User is { } user ? PartialUserAnswer.Of(user) : null,
        Target = binding.ApplicationId ?? binding.FlowId ?? binding.StageBindingId ?? binding.RuleId ?? Guid.Empty,
        Negate = binding.Negate,
        Enabled = binding.Enabled,
        Order = binding.Order,
        Timeout = binding.Timeout,
        FailureResult = binding.FailureResult,
    };
}
