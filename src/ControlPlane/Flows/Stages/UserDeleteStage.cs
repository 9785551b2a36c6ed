using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows.Challenges;
using Sidecar.ControlPlane.Sessions;

namespace Sidecar.ControlPlane.Flows.Stages;

/// <summary>Deletes the account of the person at the browser. It always asks: a link that somebody sends must not delete an account.</summary>
internal sealed class UserDeleteStage(BrowserSession sessions, OwnAccount own, UserErasure erasure, Superusers superusers, TimeProvider time) : IStageHandler
{
    private const string Field = "confirm";

    public string Kind => StageKind.UserDelete;

    public async Task<StageOutcome> EnterAsync(StageVisit visit, CancellationToken cancel) =>
        await RefusalAsync(visit, cancel) is { } refusal ? refusal : new StageOutcome.Ask(Question((await visit.PendingUserAsync(cancel))!));

    public async Task<StageOutcome> AnswerAsync(StageVisit visit, StageAnswer answer, CancellationToken cancel)
    {
        if (await RefusalAsync(visit, cancel) is { } refusal)
        {
            return refusal;
        }

        return answer.Text(Field) is "on" or "true"
            ? await DeleteAsync(visit, (await visit.PendingUserAsync(cancel))!, cancel)
            : new StageOutcome.Invalid(ResponseErrors.Of(ResponseErrors.General, "Nothing was deleted: say that you want it."));
    }

    private async Task<StageOutcome?> RefusalAsync(StageVisit visit, CancellationToken cancel)
    {
        if (await visit.PendingUserAsync(cancel) is not { } user || !await own.IsOwnAsync(visit, user))
        {
            return new StageOutcome.Denied("not-authenticated", "Sign in first.");
        }

        if (await visit.Database.Outposts.AnyAsync(outpost => outpost.ServiceAccountId == user.Id, cancel))
        {
            return new StageOutcome.Denied("outpost-account", "This account belongs to an outpost.");
        }

        return await superusers.IsSuperuserAsync(user.Id, cancel) && !await superusers.AnyOtherActiveAsync(user.Id, cancel)
            ? new StageOutcome.Denied("last-administrator", "You are the only administrator. Make another user one first.")
            : null;
    }

    private async Task<StageOutcome> DeleteAsync(StageVisit visit, User user, CancellationToken cancel)
    {
        await erasure.EraseAsync(user, cancel);
        visit.Database.AuditEvents.Add(new AuditEvent
        {
            At = time.GetUtcNow(),
            Action = "model_deleted",
            App = "sidecar.flows",
            UserId = user.Id,
            Username = user.Username,
            ClientIp = $"{visit.Http.Connection.RemoteIpAddress}",
        });
        visit.WhenSaved(() => sessions.Forget(visit.Http));
        visit.Context = visit.Context with { PendingUser = null };
        return new StageOutcome.Passed(user.Id);
    }

    // The schema has no form of its own for this.
    private static PromptChallenge Question(User user) => new()
    {
        Fields =
        [
            new PromptField
            {
                FieldKey = "warning",
                Label = "",
                Type = "alert_danger",
                InitialValue = $"The account {user.Username} will be deleted, with everything that belongs to it here. This cannot be undone.",
                Order = 0,
            },
            new PromptField { FieldKey = Field, Label = "Delete my account", Type = "checkbox", Required = true, Order = 1 },
        ],
    };
}
