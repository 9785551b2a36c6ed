namespace Sidecar.ControlPlane.Flows.Invitations;

/// <summary>Asks nothing: the address that the run began at brings an invitation, or not. It is used up when the account is written, not by looking.</summary>
internal sealed class InvitationStage(InvitationBook invitations) : IStageHandler
{
    public string Kind => StageKind.Invitation;

    public async Task<StageOutcome> EnterAsync(StageVisit visit, CancellationToken cancel)
    {
        var query = visit.Context.Start.Query;
        if (!InvitationBook.IsIn(query))
        {
            return visit.Settings.Flag(InvitationSettings.ContinueWithout, false)
                ? new StageOutcome.Passed(visit.Context.PendingUser)
                : new StageOutcome.Denied("no-invitation", "This page is for those who are invited. Open the link of your invitation.");
        }

        // A bad one is refused also where none is needed: whoever has it must hear so.
        if (await invitations.FindAsync(query, visit.Flow.Id, cancel) is not { } invitation)
        {
            return InvitationBook.Gone;
        }

        var settled = InvitationBook.AnswersOf(invitation);
        var data = new Dictionary<string, string>(visit.Context.PromptData);
        foreach (var (key, value) in settled)
        {
            data[key] = value;
        }

        visit.Context = visit.Context with { Invitation = invitation.Id, FixedData = settled, PromptData = data };
        return new StageOutcome.Passed(visit.Context.PendingUser);
    }

    public Task<StageOutcome> AnswerAsync(StageVisit visit, StageAnswer answer, CancellationToken cancel) => EnterAsync(visit, cancel);
}
