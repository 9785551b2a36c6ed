using Sidecar.ControlPlane.Pages.Stages;

namespace Sidecar.ControlPlane.Flows.Challenges;

/// <summary>Something broke. What exactly is in the log under the same id, never on the page.</summary>
public sealed record FlowErrorChallenge : Challenge
{
    public const string Name = "ak-stage-flow-error";

    public override string Component => Name;

    public required string RequestId { get; init; }

    public string Error { get; init; } = "Something went wrong. You have not been signed in.";

    internal override Type View => typeof(FlowErrorView);

    internal override string? Title => "Something went wrong";
}
