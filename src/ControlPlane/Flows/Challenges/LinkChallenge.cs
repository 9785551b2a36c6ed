using Sidecar.ControlPlane.Pages.Stages;

namespace Sidecar.ControlPlane.Flows.Challenges;

/// <summary>A mailed link was opened. It is used when somebody says so.</summary>
public sealed record LinkChallenge : Challenge
{
    // authentik's link goes on by itself; the schema has no form for a question.
    public override string Component => EmailChallenge.Name;

    internal override Type View => typeof(LinkView);
}
