using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Browsers;
using Sidecar.ControlPlane.Flows.Challenges;
using Sidecar.ControlPlane.Flows.Planning;
using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Pages;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows;

/// <summary>Puts what the executor found into words.</summary>
internal sealed class FlowReplies(ControlPlaneContext database, FlowBrowser browser, BrandReader brands)
{
    private const string ApplicationMark = "%(app)s";

    public async Task<FlowReply> AskAsync(HttpContext http, LiveRun run, Challenge challenge, string? notice) => new(
        challenge with { FlowInfo = await InfoAsync(run.Flow, run.Context.Start.Application) },
        run.TokenFor(browser.FindOrIssue(http)),
        notice,
        run.Context.Start.FromInside || run.Context.Start.Next is not null || run.Flow.StageBindings.Exists(binding => binding.Stage!.Kind == StageKind.Redirect));

    /// <summary>A run that is over.</summary>
    public async Task<FlowReply> EndAsync(HttpContext http, LiveRun run)
    {
        var start = run.Context.Start;
        if (run.Plan.State == RunState.Denied && run.Flow.DeniedAction != FlowDeniedAction.Continue)
        {
            return await DenyAsync(run.Flow, start, run.Plan.Reason, offerSwitch: start.Session is not null);
        }

        if (run.Plan.State == RunState.Left)
        {
            return await RedirectAsync(run.Flow, start, run.Plan.To);
        }

        if (run.Flow.Designation == FlowDesignation.Invalidation && start.Next is null)
        {
            var brand = await brands.LookAsync(http);
            return await WithInfoAsync(new SessionEndChallenge { BrandName = brand.Title }, run.Flow, start);
        }

        return await RedirectAsync(run.Flow, start, start.Next ?? (start.SetUp ? Addresses.Admin : Addresses.Library));
    }

    public async Task<FlowReply> RefuseAsync(Flow flow, RunStart start, PlanOutcome outcome, bool signedIn) => outcome switch
    {
        PlanOutcome.MustSignIn => await RedirectAsync(flow, start, Addresses.SignInThen(Addresses.OfFlow(flow.Slug, start.Query))),
        PlanOutcome.AlreadySignedIn when start.Next is { } next => await RedirectAsync(flow, start, next),
        PlanOutcome.AlreadySignedIn already => await WithInfoAsync(new SignedInChallenge { Username = already.Username, To = Addresses.Library }, flow, start),
        PlanOutcome.Refused refused => await DenyAsync(flow, start, refused.Message, signedIn && refused.OthersMayEnter, refused.Reason),
        _ => throw new InvalidOperationException($"Outcome {outcome.GetType().Name} is no refusal"),
    };

    /// <summary>The run that the address names is gone, and with it what it was for, except for where it was to lead, if that is known. Signing in needs nothing of it.</summary>
    public Task<FlowReply> ExpiredAsync(Flow flow, string? next) => (next, flow.Designation) switch
    {
        ({ } known, _) => RedirectAsync(flow, new RunStart(), known),
        (null, FlowDesignation.Authentication) => RedirectAsync(flow, new RunStart(), Addresses.OfFlow(flow.Slug)),
        _ => DenyAsync(
            flow, new RunStart(), "This page has expired, or it was opened in another browser. Go back to the application and open it again.", offerSwitch: false, "run-expired"),
    };

    /// <summary>The browser goes on at another address of the same flow.</summary>
    public Task<FlowReply> GoToAsync(Flow flow, RunStart start, string to) => WithInfoAsync(new RedirectChallenge { To = to }, flow, start);

    /// <summary>A link that opens nothing.</summary>
    public Task<FlowReply> DeadLinkAsync(Flow flow, string message) => DenyAsync(flow, new RunStart(), message, offerSwitch: false, "link-dead");

    /// <summary>Asks whoever opened a link to go on.</summary>
    public async Task<FlowReply> ConfirmAsync(Flow flow, string formToken, string? notice) =>
        (await WithInfoAsync(new LinkChallenge(), flow, new RunStart())) with { FormToken = formToken, Notice = notice };

    public Task<FlowReply> BrokenAsync(HttpContext http, Flow flow) => WithInfoAsync(new FlowErrorChallenge { RequestId = http.TraceIdentifier }, flow, new RunStart());

    private Task<FlowReply> RedirectAsync(Flow flow, RunStart start, string to) => WithInfoAsync(new RedirectChallenge { To = to, FinalRedirect = true }, flow, start);

    private Task<FlowReply> DenyAsync(Flow flow, RunStart start, string message, bool offerSwitch, string reason = "flow-denied") => WithInfoAsync(
        new AccessDeniedChallenge
        {
            ErrorMessage = message,
            Reason = reason,
            OfferSwitch = offerSwitch,
            StartAgain = start.FromInside || reason is "set-up-done" or "run-expired" ? null : Addresses.OfFlow(flow.Slug, start.Query),
        },
        flow,
        start);

    private async Task<FlowReply> WithInfoAsync(Challenge challenge, Flow flow, RunStart start) =>
        new(challenge with { FlowInfo = await InfoAsync(flow, start.Application) });

    private async Task<FlowInfo> InfoAsync(Flow flow, Guid? application) => new()
    {
        Title = await TitleAsync(flow, application),
        Background = flow.Background,
        CancelUrl = Addresses.Cancel,
        Layout = JsonNamingPolicy.SnakeCaseLower.ConvertName(flow.Layout.ToString()),
    };

    private async Task<string> TitleAsync(Flow flow, Guid? application)
    {
        if (!flow.Title.Contains(ApplicationMark, StringComparison.Ordinal))
        {
            return flow.Title;
        }

        var name = await database.Applications.Where(row => row.Id == application).Select(row => row.Name).SingleOrDefaultAsync();
        return flow.Title.Replace(ApplicationMark, name ?? "the application", StringComparison.Ordinal);
    }
}
