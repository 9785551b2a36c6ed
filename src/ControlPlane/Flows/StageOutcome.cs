using Sidecar.ControlPlane.Flows.Challenges;

namespace Sidecar.ControlPlane.Flows;

/// <summary>How a stage goes on. Only <see cref="Passed"/> leads further.</summary>
internal abstract record StageOutcome
{
    private StageOutcome()
    {
    }

    /// <summary>Ask the person.</summary>
    public sealed record Ask(Challenge Challenge) : StageOutcome;

    /// <summary>The answer is not good; nothing was passed.</summary>
    public sealed record Invalid(ResponseErrors Errors) : StageOutcome;

    /// <param name="User">Whom the proof is about.</param>
    /// <param name="Authenticates">It shows that the person at this browser is that user.</param>
    /// <param name="Method">How (RFC 8176).</param>
    public sealed record Passed(Guid? User = null, bool Authenticates = false, string Method = "") : StageOutcome;

    /// <summary>The run ends here.</summary>
    public sealed record Denied(string Reason, string Message) : StageOutcome;

    /// <summary>The run ends here, and the browser goes on elsewhere: an address that the stage's settings name. Nothing that waits for the run may go on.</summary>
    public sealed record Leave(string To) : StageOutcome;

    /// <summary>Another stage is asked in place of this one. Once that is passed, this one is.</summary>
    public sealed record GoThrough(Stage Stage) : StageOutcome;

    /// <summary>What was proven so far no longer fits the flow: begin at its first stage.</summary>
    public sealed record StartAgain(string Message) : StageOutcome;
}
