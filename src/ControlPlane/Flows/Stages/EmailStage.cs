using Sidecar.ControlPlane.Api.Validation;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Attempts;
using Sidecar.ControlPlane.Authenticators;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows.Challenges;
using Sidecar.ControlPlane.Flows.Links;
using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Mail;
using Sidecar.ControlPlane.Mail.Templates;
using Sidecar.ControlPlane.Pages;

namespace Sidecar.ControlPlane.Flows.Stages;

/// <summary>
/// Mails a link and waits for it. It is never passed by an answer: the link goes on in a run of its own (<see cref="LinkVisits"/>). It goes to the address that the
/// account has, never to one that was typed to find it. For a name that leads nowhere the same is done, up to a mail that is thrown away.
/// </summary>
internal sealed class EmailStage(FlowLinks links, MailOutbox outbox, MailTemplates templates, AttemptLimiter attempts, BrandReader brands, TimeProvider time) : IStageHandler
{
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromMinutes(5);

    public string Kind => StageKind.Email;

    // A page that is loaded again sends nothing again.
    public async Task<StageOutcome> EnterAsync(StageVisit visit, CancellationToken cancel) =>
        visit.Context.Pending is null ? await SendAsync(visit, again: false, cancel) : new StageOutcome.Ask(await ChallengeAsync(visit, cancel));

    public Task<StageOutcome> AnswerAsync(StageVisit visit, StageAnswer answer, CancellationToken cancel) => SendAsync(visit, again: true, cancel);

    private async Task<StageOutcome> SendAsync(StageVisit visit, bool again, CancellationToken cancel)
    {
        var publicUrl = (await InstallationView.ReadAsync(visit.Database, cancel)).PublicUrl;
        if (publicUrl.Length == 0)
        {
            return new StageOutcome.Denied("no-public-address", "This server does not know its own address yet, so it can mail no links. Ask an administrator to finish the set-up.");
        }

        var user = await visit.PendingUserAsync(cancel);
        var challenge = await ChallengeAsync(visit, cancel);
        if (await PermitAsync(visit, user, cancel) is { Allowed: false } wait)
        {
            return new StageOutcome.Ask(challenge.With(ResponseErrors.Of(ResponseErrors.General, wait.Message, "throttled")));
        }

        await AddAsync(visit, publicUrl, MayBeMailed(visit, user) ? user : null);
        visit.Context = visit.Context with { Pending = [1] };
        return new StageOutcome.Ask(challenge with { WasSentAgain = again });
    }

    private async Task AddAsync(StageVisit visit, string publicUrl, User? user)
    {
        var until = time.GetUtcNow() + (Duration.TryParse(visit.Settings.Text(EmailSettings.TokenExpiry, EmailSettings.DefaultExpiry)) ?? DefaultLifetime);
        var content = new LinkContent
        {
            Plan = visit.Run.Plan,
            Context = visit.Context with { Pending = null, Failures = 0, Detour = null },
            Proves = [ProofOf(visit, user)],
            Activates = user is not null && Activates(visit, user),
            Run = visit.Run.Row.Id,
        };
        var url = links.Add(publicUrl, visit.Flow, user, mailed: true, content, until);
        var body = templates.Render(visit.Settings.Text(EmailSettings.Template, MailTemplates.PasswordReset), new Dictionary<string, string>
        {
            ["brand"] = (await brands.LookAsync(visit.Http)).Title,
            ["username"] = user?.Username ?? "",
            ["url"] = url,
            ["until"] = MailText.Moment(until),
        });
        outbox.Add(visit.Database, new OutgoingMail
        {
            To = user is null ? [] : [user.Email],
            Subject = visit.Settings.Text(EmailSettings.Subject, EmailSettings.DefaultSubject),
            Body = body,
            Until = until,
        });
    }

    private StageProof ProofOf(StageVisit visit, User? user) => new()
    {
        Binding = visit.Binding.Id,
        Stage = visit.Binding.StageId,
        Kind = Kind,
        At = time.GetUtcNow(),
        User = user?.Id,
        Authenticates = true,
        Method = "email",
    };

    private static async Task<EmailChallenge> ChallengeAsync(StageVisit visit, CancellationToken cancel) =>
        new() { IsOwn = await visit.PendingUserAsync(cancel) is { } user && ProvenUser.IsInRun(visit, user) };

    // Counted by where the mail goes, or by what was typed when it goes nowhere: both look the same to whoever types.
    private async Task<AttemptPermit> PermitAsync(StageVisit visit, User? user, CancellationToken cancel)
    {
        var permit = await attempts.CountAsync(AttemptKey.OfMailsFrom(visit.Http.Connection.RemoteIpAddress), AttemptLimits.MailsPerAddress, AttemptLimits.AddressWindow, cancel);
        return permit.Allowed
            ? await attempts.CountAsync(
                AttemptKey.OfMailsTo(MayBeMailed(visit, user) ? user!.Email : visit.Context.Identifier ?? ""), visit.Settings.Number(EmailSettings.MaxAttempts, 5),
                Duration.TryParse(visit.Settings.Text(EmailSettings.AttemptsWindow, EmailSettings.DefaultWindow)) ?? DefaultWindow, cancel)
            : permit;
    }

    // A program has no mailbox that it reads, and whom an administrator has disabled gets no way back in.
    private static bool MayBeMailed(StageVisit visit, User? user) =>
        user is { Type: UserType.Internal or UserType.External } && EmailText.IsValid(user.Email) && (user.IsActive || Activates(visit, user));

    // Only an account that this very run made: a link must not undo what an administrator did.
    private static bool Activates(StageVisit visit, User user) =>
        !user.IsActive && visit.Settings.Flag(EmailSettings.Activate, false) && visit.Flow.Designation == FlowDesignation.Enrollment && ProvenUser.IsInRun(visit, user);
}
