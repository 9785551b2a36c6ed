using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Flows.Challenges;
using Sidecar.ControlPlane.Pages;
using Sidecar.ControlPlane.Sessions;

namespace Sidecar.ControlPlane.Flows.Stages;

/// <summary>Ends the session. When another site sent the browser here, only after a yes: a link in a mail must not sign people out.</summary>
internal sealed class UserLogoutStage(BrowserSession sessions, BrandReader brands, AuditWriter audit) : IStageHandler
{
    public string Kind => StageKind.UserLogout;

    public async Task<StageOutcome> EnterAsync(StageVisit visit, CancellationToken cancel)
    {
        if (await sessions.FindAsync(visit.Http) is not { } session)
        {
            visit.WhenSaved(() => sessions.Forget(visit.Http));
            return new StageOutcome.Passed();
        }

        return IsAskedByAnotherSite(visit)
            ? new StageOutcome.Ask(new SessionEndChallenge
            {
                PendingUser = session.User!.Username,
                BrandName = (await brands.LookAsync(visit.Http)).Title,
                Confirm = true,
            })
            : End(visit, session);
    }

    public async Task<StageOutcome> AnswerAsync(StageVisit visit, StageAnswer answer, CancellationToken cancel) =>
        await sessions.FindAsync(visit.Http) is { } session ? End(visit, session) : await EnterAsync(visit, cancel);

    private StageOutcome.Passed End(StageVisit visit, Session session)
    {
        // Who acts as somebody else signs out altogether; the other session goes with the own one.
        visit.Database.Sessions.Remove(session.ImpersonatorSession ?? session);
        audit.Add(visit.Http, session.User, "logout", "sidecar.flows");
        visit.WhenSaved(() => sessions.Forget(visit.Http));
        return new StageOutcome.Passed(session.UserId);
    }

    // A sibling host is an application that this server protects: its "sign out" link is meant. A client that sends no such header is no browser of today.
    private static bool IsAskedByAnotherSite(StageVisit visit) =>
        !visit.Context.Start.FromInside && visit.Http.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site";
}
