using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows.Challenges;
using Sidecar.ControlPlane.Flows.Planning;
using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Sessions;

namespace Sidecar.ControlPlane.Flows.Stages;

/// <summary>
/// Makes the session. It believes nothing but the proofs: one for each stage that stands before it in the flow as it is now, and among them
/// one that shows who sits at the browser.
/// </summary>
internal sealed class UserLoginStage(BrowserSession sessions, TimeProvider time, ILogger<UserLoginStage> log) : IStageHandler
{
    public string Kind => StageKind.UserLogin;

    private const string RememberField = "remember_me";

    public Task<StageOutcome> EnterAsync(StageVisit visit, CancellationToken cancel) => WorkAsync(visit, answer: null, cancel);

    public Task<StageOutcome> AnswerAsync(StageVisit visit, StageAnswer answer, CancellationToken cancel) => WorkAsync(visit, answer, cancel);

    private async Task<StageOutcome> WorkAsync(StageVisit visit, StageAnswer? answer, CancellationToken cancel)
    {
        if (!IsProven(visit))
        {
            return new StageOutcome.StartAgain("This sign-in was changed by an administrator. Please start again.");
        }

        if (await visit.PendingUserAsync(cancel) is not { IsActive: true } user || Authenticating(visit, user) is not [_, ..] proofs)
        {
            return new StageOutcome.Denied("not-authenticated", "You could not be signed in.");
        }

        var remembers = answer?.Text(RememberField);
        return SpanOf(visit, UserLoginSettings.RememberMeOffset) == TimeSpan.Zero ? await SignInAsync(visit, user, proofs, LifetimeOf(visit, remembers: false), cancel)
            : answer is null ? new StageOutcome.Ask(new UserLoginChallenge { PendingUser = user.Username })
            : remembers is null ? new StageOutcome.Invalid(ResponseErrors.Required(RememberField))
            : await SignInAsync(visit, user, proofs, LifetimeOf(visit, remembers == "true"), cancel);
    }

    private async Task<StageOutcome> SignInAsync(StageVisit visit, User user, IReadOnlyList<StageProof> proofs, TimeSpan? lifetime, CancellationToken cancel)
    {
        var methods = string.Join(' ', proofs.Select(proof => proof.Method).Where(method => method.Length > 0).Distinct(StringComparer.Ordinal));
        if (visit.Settings.Flag(UserLoginSettings.TerminateOtherSessions, false))
        {
            visit.Database.Sessions.RemoveRange(await visit.Database.Sessions.Where(session => session.UserId == user.Id).ToListAsync(cancel));
        }

        var (session, giveCookie) = await sessions.PrepareAsync(visit.Http, user, methods, lifetime);
        user.LastLogin = time.GetUtcNow();
        visit.Context = visit.Context with { Session = session.Id };
        visit.Database.AuditEvents.Add(new AuditEvent
        {
            At = time.GetUtcNow(),
            Action = "login",
            App = "sidecar.flows",
            UserId = user.Id,
            Username = user.Username,
            ClientIp = session.Ip,
        });
        visit.WhenSaved(giveCookie);
        visit.WhenSaved(() => log.SignedIn(user.Username, methods, session.Ip));
        return new StageOutcome.Passed(user.Id);
    }

    private static bool IsProven(StageVisit visit) => FlowPlanner.Ordered(visit.Flow).TakeWhile(binding => binding.Id != visit.Binding.Id)
        .All(binding => visit.Run.Plan.Proofs.Any(proof => proof.Binding == binding.Id && proof.Stage == binding.StageId));

    private static List<StageProof> Authenticating(StageVisit visit, User user) =>
        [.. visit.Run.Plan.Proofs.Where(proof => proof.Authenticates && proof.User == user.Id)];

    // Zero: for as long as the browser is open.
    private static TimeSpan? LifetimeOf(StageVisit visit, bool remembers)
    {
        var span = SpanOf(visit, UserLoginSettings.SessionDuration) + (remembers ? SpanOf(visit, UserLoginSettings.RememberMeOffset) : TimeSpan.Zero);
        return span > TimeSpan.Zero ? span : null;
    }

    private static TimeSpan SpanOf(StageVisit visit, string setting) => Duration.TryParse(visit.Settings.Text(setting)) ?? TimeSpan.Zero;
}
