namespace Sidecar.ControlPlane.Flows.Stages;

/// <summary>Ends the run with a message.</summary>
internal sealed class DenyStage : IStageHandler
{
    public string Kind => StageKind.Deny;

    public Task<StageOutcome> EnterAsync(StageVisit visit, CancellationToken cancel) =>
        Task.FromResult<StageOutcome>(new StageOutcome.Denied("deny-stage", visit.Settings.Text(DenySettings.Message) is { Length: > 0 } text ? text : "Access denied."));

    public Task<StageOutcome> AnswerAsync(StageVisit visit, StageAnswer answer, CancellationToken cancel) => EnterAsync(visit, cancel);
}
