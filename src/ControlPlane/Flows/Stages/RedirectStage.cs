using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Browsers;
using Sidecar.ControlPlane.Flows.Runs;

namespace Sidecar.ControlPlane.Flows.Stages;

/// <summary>Sends the browser on. The run ends here: what it has proven counts in no other flow.</summary>
internal sealed class RedirectStage : IStageHandler
{
    public string Kind => StageKind.Redirect;

    public async Task<StageOutcome> EnterAsync(StageVisit visit, CancellationToken cancel)
    {
        if (visit.Settings.Text(RedirectSettings.Mode, RedirectSettings.Flow) == RedirectSettings.Static)
        {
            return visit.Settings.Text(RedirectSettings.TargetStatic) is var target && RedirectSettings.IsTarget(target)
                ? new StageOutcome.Leave(LocalPath.Check(target) ?? new Uri(target).AbsoluteUri)
                : Nowhere();
        }

        var flow = visit.Settings.Id(RedirectSettings.TargetFlow);
        return await visit.Database.Flows.Where(row => row.Id == flow).Select(row => row.Slug).SingleOrDefaultAsync(cancel) is { } slug && slug != visit.Flow.Slug
            ? new StageOutcome.Leave(Addresses.OfFlow(slug, visit.Context.Start.Next is { } next ? $"{FlowQuery.NextKey}={Uri.EscapeDataString(next)}" : ""))
            : Nowhere();
    }

    public Task<StageOutcome> AnswerAsync(StageVisit visit, StageAnswer answer, CancellationToken cancel) => EnterAsync(visit, cancel);

    private static StageOutcome.Denied Nowhere() => new("redirect-nowhere", "This page leads nowhere. Ask an administrator to check its flow.");
}
