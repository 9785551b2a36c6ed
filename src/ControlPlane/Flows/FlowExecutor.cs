using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Flows.Links;
using Sidecar.ControlPlane.Flows.Planning;
using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows;

/// <summary>Answers GET and POST at a flow's address, for pages and for the API alike.</summary>
internal sealed class FlowExecutor(
    ControlPlaneContext database, FlowRuns runs, FlowBrowser browser, SealedStarts starts, FlowPlanner planner, FlowEntry entry, StageRunner stages, FlowReplies replies, BrowserSession sessions,
    LinkVisits links)
{
    public const string StartedOver = "That page was out of date, so nothing was changed. Please go on from here.";

    /// <summary>"Not you?": the form's button that begins the run again.</summary>
    public const string RestartField = "flow_restart";

    /// <summary>Where the browser stands; null: there is no such flow.</summary>
    public async Task<FlowReply?> ShowAsync(FlowRequest request, string? notice = null)
    {
        if (await runs.FlowAsync(request.Slug, request.Cancel) is not { } flow)
        {
            return null;
        }

        if (request.Query.Link is { } secret)
        {
            return await links.ShowAsync(request, flow, secret, notice);
        }

        var run = await runs.FindAsync(request.Http, flow, request.Query);
        return await OpenAsync(request, flow, run) is var (open, refusal) && refusal is not null
            ? refusal
            : await WorkAsync(request, open!, answer: null, notice);
    }

    /// <summary>An answer counts only for the run and the step whose page this very browser was shown. Anything else shows where it stands.</summary>
    public async Task<FlowReply?> AnswerAsync(FlowRequest request, StageAnswer answer)
    {
        if (await runs.FlowAsync(request.Slug, request.Cancel) is not { } flow)
        {
            return null;
        }

        if (request.Query.Link is { } secret)
        {
            return await links.AnswerAsync(request, flow, secret, answer);
        }

        // A browser without the cookie was shown nothing.
        var isKnown = browser.Find(request.Http) is not null;
        var (run, refused) = await runs.FindAsync(request.Http, flow, request.Query) is { } found ? (found, null) : await ReachAsync(request, flow);
        if (refused is not null)
        {
            return refused;
        }

        var meant = isKnown && run is { Plan.State: RunState.Open } && IsForThisStep(request, run, answer);
        var (open, refusal) = meant && request.FromPage && answer.Text(RestartField) is not null
            ? await BeginAsync(request, flow, run!.Context.Start, await sessions.FindAsync(request.Http), run)
            : await OpenAsync(request, flow, run);
        if (refusal is not null)
        {
            return refusal;
        }

        return meant && ReferenceEquals(open, run)
            ? await WorkAsync(request, open!, answer, notice: null)
            : await WorkAsync(request, open!, answer: null, meant ? null : StartedOver);
    }

    /// <summary>The run that nothing is stored of, where its page left it.</summary>
    private async Task<(LiveRun? Run, FlowReply? Reply)> ReachAsync(FlowRequest request, Flow flow)
    {
        var (run, refusal) = await OpenAsync(request, flow, null);
        return run is null || await stages.ReachUnseenAsync(request.Http, run) ? (run, refusal) : await OpenAsync(request, flow, null);
    }

    /// <summary>The given run, or a new one when there is none or its session is no longer the browser's.</summary>
    private async Task<(LiveRun? Run, FlowReply? Reply)> OpenAsync(FlowRequest request, Flow flow, LiveRun? run)
    {
        if (run is { Plan.State: not RunState.Open })
        {
            return (run, await replies.EndAsync(request.Http, run));
        }

        var session = await sessions.FindAsync(request.Http);
        if ((run?.Context.Start ?? StartAt(request, flow)) is not { } start)
        {
            return (null, await replies.ExpiredAsync(flow, NextOfOtherTab(request, flow, session)));
        }

        if (run is not null && start.Session == session?.Id)
        {
            return await entry.RefusalAsync(flow, start, session, request.Cancel) is { } late
                ? (null, await replies.RefuseAsync(flow, start, late, signedIn: session is not null))
                : (run, null);
        }

        return await BeginAsync(request, flow, start, session, run);
    }

    /// <summary>What a run that begins at this address is for; null: the address names one that is gone.</summary>
    private RunStart? StartAt(FlowRequest request, Flow flow) => request.Query switch
    {
        { Run: not null } => null,
        { Sealed: { } text } => starts.Open(flow, browser.Find(request.Http) is { } value ? FlowBrowser.HashOf(value) : null, text) is { } start
            ? start with { Query = request.Query.Text }
            : null,
        var query => new RunStart { Query = query.Text, Next = query.Next },
    };

    // Its person signed in in another tab, which changed the cookie that this tab's start is for.
    private string? NextOfOtherTab(FlowRequest request, Flow flow, Session? session) =>
        session is not null && request.Query.Sealed is { } text ? starts.NextOf(flow, text) : null;

    private async Task<(LiveRun? Run, FlowReply? Reply)> BeginAsync(FlowRequest request, Flow flow, RunStart start, Session? session, LiveRun? former)
    {
        var outcome = await planner.PlanAsync(flow, start, session, request.Cancel);
        if (outcome is not PlanOutcome.Planned planned)
        {
            return (null, await replies.RefuseAsync(flow, start, outcome, signedIn: session is not null));
        }

        if (former is null)
        {
            return (runs.AtAddress(request.Http, flow, planned.Plan, planned.Context), null);
        }

        // Signed in as somebody else, or signed out, since: what was proven before was another person's.
        var again = new LiveRun(former.Row, flow) { Plan = planned.Plan, Context = planned.Context };
        again.Row.Step++;
        return (again, null);
    }

    private async Task<FlowReply> WorkAsync(FlowRequest request, LiveRun run, StageAnswer? answer, string? notice)
    {
        try
        {
            return await stages.RunAsync(request.Http, run, answer, notice);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The same form was sent twice, and the other one was faster: this one did nothing.
            database.ChangeTracker.Clear();
            return await ShowAsync(request, StartedOver) ?? throw new InvalidOperationException("The flow is gone");
        }
    }

    private bool IsForThisStep(FlowRequest request, LiveRun run, StageAnswer answer) => request.FromPage
        ? browser.Find(request.Http) is { } value && run.IsTokenFor(value, request.FormToken)
        : answer.Component is null || StageRunner.ComponentOf(run) == answer.Component;
}
