using Sidecar.ControlPlane.Flows.Runs;

namespace Sidecar.ControlPlane.Flows.Planning;

/// <summary>Whether a browser may enter a flow, and through which stages.</summary>
internal abstract record PlanOutcome
{
    private PlanOutcome()
    {
    }

    public sealed record Planned(RunPlan Plan, RunContext Context) : PlanOutcome;

    public sealed record MustSignIn : PlanOutcome;

    public sealed record AlreadySignedIn(string Username) : PlanOutcome;

    /// <param name="Reason">Its id, the same as in the log.</param>
    /// <param name="Message">For the person at the browser.</param>
    /// <param name="OthersMayEnter">Whether signing in as somebody else could help.</param>
    public sealed record Refused(string Reason, string Message, bool OthersMayEnter = true) : PlanOutcome;
}
