using Sidecar.ControlPlane.Flows.Runs;

namespace Sidecar.ControlPlane.Flows.Links;

/// <summary>Where a link goes on.</summary>
internal sealed record LinkContent
{
    /// <summary>The run as it stood, which a new one of the browser that opens the link takes up.</summary>
    public required RunPlan Plan { get; init; }

    public required RunContext Context { get; init; }

    /// <summary>What opening the link shows. The times are those of opening it.</summary>
    public required IReadOnlyList<StageProof> Proves { get; init; }

    /// <summary>The account that this very run made becomes active.</summary>
    public bool Activates { get; init; }

    /// <summary>The run that waits for it, which ends when the link is used.</summary>
    public Guid? Run { get; init; }
}
