using Sidecar.ControlPlane.Flows.Challenges;

namespace Sidecar.ControlPlane.Flows.Stages;

/// <summary>Asks for nothing but a click.</summary>
internal sealed class DummyStage : IStageHandler
{
    public string Kind => StageKind.Dummy;

    public Task<StageOutcome> EnterAsync(StageVisit visit, CancellationToken cancel) =>
        visit.Settings.Flag(DummySettings.ThrowError, false)
            ? throw new InvalidOperationException("A dummy stage was told to fail")
            : Task.FromResult<StageOutcome>(new StageOutcome.Ask(new DummyChallenge { Label = visit.Stage.Name }));

    // An empty answer is none.
    public Task<StageOutcome> AnswerAsync(StageVisit visit, StageAnswer answer, CancellationToken cancel) => Task.FromResult<StageOutcome>(
        answer.Component == DummyChallenge.Name ? new StageOutcome.Passed(visit.Context.PendingUser) : new StageOutcome.Invalid(ResponseErrors.Required("component")));
}
