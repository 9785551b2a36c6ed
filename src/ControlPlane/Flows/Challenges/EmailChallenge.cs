using Sidecar.ControlPlane.Pages.Stages;

namespace Sidecar.ControlPlane.Flows.Challenges;

/// <summary>A link was mailed, if there is anybody to mail it to. Answering asks for another one.</summary>
public sealed record EmailChallenge : Challenge
{
    public const string Name = "ak-stage-email";

    public override string Component => Name;

    /// <summary>The account was made in this run, so there is no secret in saying that a mail is on its way.</summary>
    internal bool IsOwn { get; init; }

    internal bool WasSentAgain { get; init; }

    internal override string? Title => "Check your mailbox";

    internal override Type View => typeof(EmailView);
}
