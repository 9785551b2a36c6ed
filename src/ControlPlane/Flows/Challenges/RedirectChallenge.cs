using Sidecar.ControlPlane.Pages.Stages;

namespace Sidecar.ControlPlane.Flows.Challenges;

/// <summary>The flow is over, or goes on elsewhere.</summary>
public sealed record RedirectChallenge : Challenge
{
    public const string Name = "xak-flow-redirect";

    public override string Component => Name;

    public required string To { get; init; }

    public bool FinalRedirect { get; init; }

    // A page never draws it: it is answered by a redirect.
    internal override Type View => typeof(SessionEndView);
}
