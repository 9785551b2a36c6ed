using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>Where the caller's own browser stands in a flow. It tells no secret: not what was typed as a password, nor its hash.</summary>
internal sealed class FlowInspector(ControlPlaneContext context, FlowBrowser browser, StageAnswers stages, TimeProvider time)
{
    /// <summary>The schema's <c>FlowInspectorPlan</c>.</summary>
    internal sealed record PlanAnswer(FlowBindingAnswer? CurrentStage, FlowBindingAnswer? NextPlannedStage, JsonObject PlanContext, string SessionId);

    /// <summary>The schema's <c>FlowInspection</c>.</summary>
    internal sealed record Inspection(IReadOnlyList<PlanAnswer> Plans, PlanAnswer CurrentPlan, bool IsCompleted);

    /// <summary>Null: the browser has no stored run of it.</summary>
    public async Task<Inspection?> LookAsync(HttpContext http, Flow flow, CancellationToken cancel)
    {
        if (browser.Find(http) is not { } value)
        {
            return null;
        }

        var (hash, now) = (FlowBrowser.HashOf(value), time.GetUtcNow());
        var row = await context.FlowRuns.AsNoTracking().Where(run => run.BrowserHash == hash && run.FlowId == flow.Id && run.ExpiresAt > now)
            .OrderByDescending(run => run.CreatedAt).FirstOrDefaultAsync(cancel);
        if (row is null)
        {
            return null;
        }

        var run = new LiveRun(row, flow);
        var open = run.Plan.Steps.Where(step => run.Plan.Proofs.All(proof => proof.Binding != step.Binding)).Select(step => flow.StageBindings.Find(binding => binding.Id == step.Binding))
            .OfType<FlowStageBinding>().Take(2).ToList();
        var shown = await FlowBindingAnswer.OfAsync(open, stages, cancel);
        var plan = new PlanAnswer(shown.ElementAtOrDefault(0), shown.ElementAtOrDefault(1), await TellAsync(run.Context, cancel), $"{row.Id:D}");
        return new Inspection([plan], plan, run.Plan.State == RunState.Completed);
    }

    private async Task<JsonObject> TellAsync(RunContext run, CancellationToken cancel) => new()
    {
        ["pending_user_identifier"] = run.Identifier,
        ["pending_user"] = await context.Users.Where(user => user.Id == run.PendingUser).Select(user => user.Username).SingleOrDefaultAsync(cancel),
        ["prompt_data"] = new JsonObject(run.PromptData.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value)))),
        ["has_new_password"] = run.NewPasswordHash is not null,
        ["failed_answers"] = run.Failures,
        ["application"] = await context.Applications.Where(application => application.Id == run.Start.Application).Select(application => application.Slug).SingleOrDefaultAsync(cancel),
        ["next"] = run.Start.Next,
    };
}
