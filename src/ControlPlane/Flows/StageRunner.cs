using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Flows.Challenges;
using Sidecar.ControlPlane.Flows.Planning;
using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows;

/// <summary>
/// Takes a run through its stages until one asks something, one denies, or all have their proofs. The proofs of a request, what its stages
/// changed and the step are saved at once or not at all.
/// </summary>
internal sealed class StageRunner(
    ControlPlaneContext database, FlowRuns runs, FlowBrowser browser, FlowPlanner planner, FlowPolicies policies, StageHandlers handlers,
    FlowReplies replies, FlowFaults faults, BrowserSession sessions, ChangeTrail trail, TimeProvider time, ILogger<StageRunner> log)
{
    // A flow that an administrator edits while it runs starts again; one that never fits is broken.
    private const int MaxRestarts = 3;

    /// <summary>Name of the form that the current stage shows; null when it shows none.</summary>
    public static string? ComponentOf(LiveRun run) => BindingOf(run) is { } binding ? StageKind.ComponentOf(run.Context.Detour?.Kind ?? binding.Stage!.Kind) : null;

    public async Task<FlowReply> RunAsync(HttpContext http, LiveRun run, StageAnswer? answer, string? notice)
    {
        var way = new Way { Answer = answer, Answered = answer is not null, Notice = notice };
        try
        {
            while (run.Plan is { State: RunState.Open, Current: not null })
            {
                if (await StepAsync(http, run, way) is { } challenge)
                {
                    await SaveAsync(http, run, way);
                    return await replies.AskAsync(http, run, challenge, way.Notice);
                }
            }

            if (run.Plan.State == RunState.Open)
            {
                run.Plan = run.Plan with { State = RunState.Completed };
            }

            await SaveAsync(http, run, way);
        }
        catch (Exception error) when (error is not OperationCanceledException and not DbUpdateConcurrencyException)
        {
            return await FailAsync(http, run, error);
        }

        return await replies.EndAsync(http, run);
    }

    /// <summary>Whether every stage lets the run through with nothing to ask and nothing to save. It leaves no trace, whatever the answer.</summary>
    public async Task<bool> PassesUnseenAsync(HttpContext http, LiveRun run) =>
        await ReachUnseenAsync(http, run) && run.Plan is { State: RunState.Open, Current: null };

    /// <summary>
    /// Takes a run that is not stored to the stage whose page its browser was shown. False: the way there fails or changes something, so that page's run was
    /// stored. It leaves no trace, whatever the answer.
    /// </summary>
    public async Task<bool> ReachUnseenAsync(HttpContext http, LiveRun run)
    {
        var way = new Way();
        try
        {
            while (run.Plan is { State: RunState.Open, Current: not null } && await StepAsync(http, run, way) is null)
            {
            }

            return !database.ChangeTracker.HasChanges();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.StageFailed(run.Flow.Slug, BindingOf(run)?.Stage?.Name ?? "", http.TraceIdentifier, error);
            return false;
        }
        finally
        {
            trail.Forget();
            database.ChangeTracker.Clear();
        }
    }

    /// <summary>One stage. Null: go on with the next.</summary>
    private async Task<Challenge?> StepAsync(HttpContext http, LiveRun run, Way way)
    {
        if (BindingOf(run) is not { } binding)
        {
            await RestartAsync(http, run, way, keepContext: false, "This sign-in was changed by an administrator. Please start again.");
            return null;
        }

        if (binding.ReEvaluatePolicies && !await policies.AppliesAsync(binding, run.Context.PendingUser, run.Context.Identifier, http.RequestAborted))
        {
            Advance(run, planner.Skip(binding));
            way.Answer = null;
            return null;
        }

        var stage = await StageOfAsync(run, binding, http.RequestAborted);
        if (handlers.Find(stage.Kind) is not { } handler)
        {
            Deny(run, "unknown-stage", "This page asks for something that this version does not know.");
            return null;
        }

        var visit = new StageVisit(http, run, binding, stage, database);
        var answer = way.Answer;
        way.Answer = null;
        way.Visits.Add(visit);
        var outcome = answer is null ? await handler.EnterAsync(visit, http.RequestAborted) : await handler.AnswerAsync(visit, answer, http.RequestAborted);
        return await ApplyAsync(run, way, visit, handler, outcome);
    }

    private async Task<Challenge?> ApplyAsync(LiveRun run, Way way, StageVisit visit, IStageHandler handler, StageOutcome outcome)
    {
        switch (outcome)
        {
            case StageOutcome.Ask ask:
                return ask.Challenge;
            case StageOutcome.Passed passed:
                Record(run, way, visit, passed);
                return null;
            case StageOutcome.GoThrough other:
                run.Context = run.Context with { Detour = new StageDetour(other.Stage.Id, other.Stage.Kind), Failures = 0 };
                run.Row.Step++;
                return null;
            case StageOutcome.StartAgain again:
                await RestartAsync(visit.Http, run, way, keepContext: false, again.Message);
                return null;
            case StageOutcome.Invalid invalid:
                return await RefuseAnswerAsync(run, way, visit, handler, invalid.Errors);
            case StageOutcome.Leave leave:
                run.Plan = run.Plan with { State = RunState.Left, To = leave.To };
                run.Row.Step++;
                return null;
            case StageOutcome.Denied denied:
                Deny(run, denied.Reason, denied.Message);
                return null;
            default:
                throw new InvalidOperationException($"Outcome {outcome.GetType().Name} is not known");
        }
    }

    private void Record(LiveRun run, Way way, StageVisit visit, StageOutcome.Passed passed)
    {
        // Once the browser has shown who sits there, no later stage may slip in somebody else.
        if (run.Plan.Proofs.Any(proof => proof.Authenticates && proof.User != run.Context.PendingUser))
        {
            Deny(run, "user-changed", "This sign-in was for somebody else.");
            return;
        }

        way.SignsIn |= visit.Stage.Kind == StageKind.UserLogin;
        way.RotatesCookie |= passed.Authenticates || way.SignsIn;
        Advance(run, new StageProof
        {
            Binding = visit.Binding.Id,
            Stage = visit.Binding.StageId,
            Kind = visit.Binding.Stage!.Kind,
            At = time.GetUtcNow(),
            User = passed.User,
            Authenticates = passed.Authenticates,
            Method = passed.Method,
        });
    }

    private static void Advance(LiveRun run, StageProof proof)
    {
        run.Plan = run.Plan.With(proof);
        run.Context = run.Context with { Failures = 0, Detour = null, Pending = null };
        run.Row.Step++;
    }

    private void Deny(LiveRun run, string reason, string message)
    {
        log.Denied(run.Flow.Slug, reason);
        run.Plan = run.Plan with { State = RunState.Denied, Reason = message };
        run.Row.Step++;
    }

    private async Task<Challenge?> RefuseAnswerAsync(LiveRun run, Way way, StageVisit visit, IStageHandler handler, ResponseErrors errors)
    {
        run.Context = run.Context with { Failures = run.Context.Failures + 1 };
        if (visit.Binding.InvalidResponseAction != InvalidResponseAction.Retry)
        {
            var text = errors.Values.SelectMany(details => details).Select(detail => detail.String).FirstOrDefault() ?? "Please start again.";
            await RestartAsync(visit.Http, run, way, visit.Binding.InvalidResponseAction == InvalidResponseAction.RestartWithContext, text);
            return null;
        }

        if (await handler.EnterAsync(visit, visit.Http.RequestAborted) is StageOutcome.Ask ask)
        {
            return ask.Challenge.With(errors);
        }

        Deny(run, "answer-refused", "That did not work.");
        return null;
    }

    private async Task RestartAsync(HttpContext http, LiveRun run, Way way, bool keepContext, string notice)
    {
        if (++way.Restarts > MaxRestarts)
        {
            Deny(run, "flow-broken", "This page cannot be completed. Ask an administrator to check its flow.");
            return;
        }

        if (!keepContext)
        {
            run.Context = await planner.ContextAsync(run.Flow, run.Context.Start, (await sessions.FindAsync(http))?.UserId, http.RequestAborted);
        }

        run.Context = run.Context with { Detour = null, Pending = null };
        run.Plan = await planner.StepsAsync(run.Flow, run.Context.PendingUser, http.RequestAborted);
        run.Row.Step++;
        way.Answer = null;
        way.Notice = notice;
    }

    private async Task SaveAsync(HttpContext http, LiveRun run, Way way)
    {
        var former = run.Row.BrowserHash;
        var value = way.RotatesCookie ? FlowBrowser.NewValue() : null;
        if (value is not null)
        {
            run.Row.BrowserHash = FlowBrowser.HashOf(value);
        }

        await StoreAsync(http, run, way);
        if (value is not null)
        {
            if (way.SignsIn)
            {
                await runs.DropUnsignedAsync(former, http.RequestAborted);
            }

            await runs.MoveOthersAsync(former, FlowBrowser.HashOf(value), http.RequestAborted);
            browser.Set(http, value);
        }

        way.Visits.ForEach(visit => visit.Saved());
    }

    private async Task StoreAsync(HttpContext http, LiveRun run, Way way)
    {
        if (!trail.HasAny)
        {
            await runs.SaveAsync(http, run, way.Answered);
            return;
        }

        try
        {
            await using var write = await database.BeginWriteAsync(http.RequestAborted);
            await runs.SaveAsync(http, run, way.Answered);
            await trail.RecordAsync(http.RequestAborted);
            await write.CommitAsync(http.RequestAborted);
        }
        finally
        {
            // Another attempt in this request notes anew.
            trail.Forget();
        }
    }

    private async Task<FlowReply> FailAsync(HttpContext http, LiveRun run, Exception error)
    {
        log.StageFailed(run.Flow.Slug, BindingOf(run)?.Stage?.Name ?? "", http.TraceIdentifier, error);
        trail.Forget();
        database.ChangeTracker.Clear();
        await runs.DropAsync(run.Row.Id);
        await faults.AddAsync(http, FlowFaults.Broken, run.Flow, BindingOf(run)?.Stage?.Name ?? "", "A stage failed; the log says how.");
        await database.SaveChangesAsync(http.RequestAborted);
        return await replies.BrokenAsync(http, run.Flow);
    }

    // A detour to a stage that is gone ends; the stage that sent the run there decides anew.
    private async Task<Stage> StageOfAsync(LiveRun run, FlowStageBinding binding, CancellationToken cancel)
    {
        if (run.Context.Detour is not { } detour)
        {
            return binding.Stage!;
        }

        if (await database.Stages.AsNoTracking().SingleOrDefaultAsync(stage => stage.Id == detour.Stage && stage.Kind == detour.Kind, cancel) is { } other)
        {
            return other;
        }

        run.Context = run.Context with { Detour = null, Pending = null };
        return binding.Stage!;
    }

    private static FlowStageBinding? BindingOf(LiveRun run) =>
        run.Plan.Current is { } step ? run.Flow.StageBindings.Find(binding => binding.Id == step.Binding) : null;

    /// <summary>One request's way through the stages.</summary>
    private sealed class Way
    {
        public StageAnswer? Answer { get; set; }

        public bool Answered { get; init; }

        public string? Notice { get; set; }

        public int Restarts { get; set; }

        public bool RotatesCookie { get; set; }

        public bool SignsIn { get; set; }

        public List<StageVisit> Visits { get; } = [];
    }
}
