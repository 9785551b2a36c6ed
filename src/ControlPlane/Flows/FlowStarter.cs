using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Browsers;
using Sidecar.ControlPlane.Flows.Planning;
using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows;

/// <summary>Starts a flow on behalf of another part of the product.</summary>
internal sealed class FlowStarter(ControlPlaneContext database, FlowRuns runs, FlowBrowser browser, SealedStarts starts, FlowPlanner planner, StageRunner stages,
    BrowserSession sessions)
{
    /// <summary>
    /// The path to redirect the browser to: the flow's page, or, when the flow asks nothing, already <see cref="FlowStart.Next"/>. For a browser without a session
    /// nothing is stored.
    /// </summary>
    public async Task<string> StartAsync(HttpContext http, Flow flow, FlowStart start)
    {
        var next = LocalPath.Check(start.Next) ?? throw new ArgumentException("Not a path of this server", nameof(start));
        var whole = await WholeAsync(flow, http.RequestAborted);
        var session = await sessions.FindAsync(http);
        return await planner.PlanAsync(whole, RunStartOf(start, next), session, http.RequestAborted) switch
        {
            PlanOutcome.Planned { Plan.Current: not null } or PlanOutcome.Refused when session is null => SealedPage(http, whole, RunStartOf(start, next)),
            PlanOutcome.Planned planned => await BeginAsync(http, whole, planned, next),
            PlanOutcome.MustSignIn => Addresses.SignInThen(next),
            PlanOutcome.AlreadySignedIn => next,
            PlanOutcome.Refused refused => await RefuseAsync(http, whole, RunStartOf(start, next) with { Session = session?.Id }, refused),
            _ => throw new InvalidOperationException("This outcome of planning is not known"),
        };
    }

    /// <summary>Whether the flow would let this browser through at once, without a page and without changing anything. Nothing is stored.</summary>
    public async Task<bool> AsksNothingAsync(HttpContext http, Flow flow, FlowStart start)
    {
        var whole = await WholeAsync(flow, http.RequestAborted);
        return await planner.PlanAsync(whole, RunStartOf(start, start.Next), await sessions.FindAsync(http), http.RequestAborted) is PlanOutcome.Planned planned
            && await stages.PassesUnseenAsync(http, runs.New(http, whole, planned.Plan, planned.Context));
    }

    private Task<Flow> WholeAsync(Flow flow, CancellationToken cancel) =>
        database.Flows.AsNoTracking().Include(row => row.StageBindings).ThenInclude(binding => binding.Stage).AsSplitQuery().SingleAsync(row => row.Id == flow.Id, cancel);

    private async Task<string> BeginAsync(HttpContext http, Flow flow, PlanOutcome.Planned planned, string next)
    {
        var asksNothing = planned.Plan.Current is null;
        var plan = asksNothing ? planned.Plan with { State = RunState.Completed } : planned.Plan;
        var run = runs.New(http, flow, plan, planned.Context);
        if (!asksNothing || planned.Context.Start.Purpose is not null)
        {
            await runs.AddAsync(run, http.RequestAborted);
        }

        return asksNothing ? next : PageOf(flow, run);
    }

    private async Task<string> RefuseAsync(HttpContext http, Flow flow, RunStart start, PlanOutcome.Refused refused)
    {
        var plan = new RunPlan { Steps = [], State = RunState.Denied, Reason = refused.Message };
        var run = runs.New(http, flow, plan, new RunContext { Start = start });
        await runs.AddAsync(run, http.RequestAborted);
        return PageOf(flow, run);
    }

    // Nobody is signed in, so nobody need prove again who they are; and who comes back to the page signed in goes on at once.
    private string SealedPage(HttpContext http, Flow flow, RunStart start) =>
        starts.Seal(flow, FlowBrowser.HashOf(browser.FindOrIssue(http)), start with { Reauthenticate = false }, FlowRuns.Lifetime) is { } text
            ? Addresses.OfFlow(flow.Slug, $"{FlowQuery.RunKey}={text}")
            : Addresses.OfFlow(flow.Slug, $"{FlowQuery.NextKey}={Uri.EscapeDataString(start.Next!)}");

    private static string PageOf(Flow flow, LiveRun run) => Addresses.OfFlow(flow.Slug, $"{FlowQuery.RunKey}={run.Row.Id:D}");

    private static RunStart RunStartOf(FlowStart start, string next) => new()
    {
        Next = next,
        Purpose = start.Purpose,
        RequestHash = start.RequestHash,
        Application = start.Application,
        Provider = start.Provider,
        Scopes = start.Scopes,
        Reauthenticate = start.Reauthenticate,
        FromInside = true,
    };
}
