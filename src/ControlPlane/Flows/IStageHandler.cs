namespace Sidecar.ControlPlane.Flows;

/// <summary>
/// One kind of stage. A handler passes a stage only with what the server itself checked: an answer without the asked-for proof is
/// <see cref="StageOutcome.Invalid"/>. What it throws denies the run.
/// </summary>
internal interface IStageHandler
{
    /// <summary>One of <see cref="StageKind"/>.</summary>
    string Kind { get; }

    /// <summary>The run has come to the stage, or the page is loaded again.</summary>
    Task<StageOutcome> EnterAsync(StageVisit visit, CancellationToken cancel);

    /// <summary>The person answered what <see cref="EnterAsync"/> asked.</summary>
    Task<StageOutcome> AnswerAsync(StageVisit visit, StageAnswer answer, CancellationToken cancel);
}
