using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Flows.Planning;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>A flow as a Mermaid flow chart: its stages in order, and before them the policies that decide whether they are shown.</summary>
internal sealed class FlowDiagram(ControlPlaneContext context, StageDescriptions descriptions)
{
    /// <param name="flow">With its stage bindings and their stages.</param>
    /// <param name="cancel">The caller went away.</param>
    public async Task<string> DrawAsync(Flow flow, CancellationToken cancel)
    {
        var guarded = await context.Bindings.AsNoTracking().Where(binding => binding.Enabled && (binding.FlowId == flow.Id || binding.StageBinding!.FlowId == flow.Id))
            .Select(binding => binding.FlowId ?? binding.StageBindingId).ToListAsync(cancel);
        var text = new StringBuilder("graph TD\n").Append(CultureInfo.InvariantCulture, $"flow_start[\"{Quote($"Flow\n{flow.Name}")}\"]\n");
        var last = "flow_start";
        if (guarded.Contains(flow.Id))
        {
            text.Append("flow_pre{\"Policies of the flow\"}\nflow_start --> flow_pre\nflow_pre -- \"Policy denied\" --> done\n");
            last = "flow_pre";
        }

        var number = 0;
        foreach (var binding in FlowPlanner.Ordered(flow))
        {
            last = Append(text, binding, last, ++number, guarded.Contains(binding.Id));
        }

        return text.Append(CultureInfo.InvariantCulture, $"{last} --> done\ndone[\"End of the flow\"]\n").ToString();
    }

    /// <summary>The node that leads on. With a policy, what is denied leads on beside the stage.</summary>
    private string Append(StringBuilder text, FlowStageBinding binding, string last, int number, bool isGuarded)
    {
        var stage = string.Create(CultureInfo.InvariantCulture, $"stage_{number}");
        text.Append(CultureInfo.InvariantCulture, $"{stage}[\"{Quote($"{descriptions.Of(binding.Stage!.Kind).Name}\n{binding.Stage.Name}")}\"]\n");
        if (!isGuarded)
        {
            text.Append(CultureInfo.InvariantCulture, $"{last} --> {stage}\n");
            return stage;
        }

        text.Append(CultureInfo.InvariantCulture, $"{stage}_policy{{\"Policies\"}}\n{last} --> {stage}_policy\n{stage}_policy -- \"Policy passed\" --> {stage}\n");
        text.Append(CultureInfo.InvariantCulture, $"{stage}_next(( ))\n{stage}_policy -- \"Policy denied\" --> {stage}_next\n{stage} --> {stage}_next\n");
        return stage + "_next";
    }

    // Mermaid's own way to write a quotation mark inside a text.
    private static string Quote(string text) => text.Replace("\"", "#quot;", StringComparison.Ordinal).Replace("\n", "<br>", StringComparison.Ordinal);
}
