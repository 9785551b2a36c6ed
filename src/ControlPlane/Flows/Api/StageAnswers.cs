using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>Stages as the schema has them: <c>Stage</c>, or, with settings, the schema of their kind.</summary>
internal sealed class StageAnswers(ControlPlaneContext context, StageDescriptions descriptions)
{
    /// <summary>Without the settings, which only the kind's own address shows.</summary>
    public async Task<IReadOnlyList<JsonObject>> PlainAsync(IReadOnlyList<Stage> stages, CancellationToken cancel)
    {
        var flows = await FlowsAsync(stages, cancel);
        return [.. stages.Select(stage => Of(stage, descriptions.Of(stage.Kind), flows[stage.Id]))];
    }

    /// <summary>With the settings. All stages are of this kind.</summary>
    public async Task<IReadOnlyList<JsonObject>> WholeAsync(StageDescription kind, IReadOnlyList<Stage> stages, CancellationToken cancel)
    {
        var answers = await PlainAsync(stages, cancel);
        foreach (var setting in kind.Settings.Where(setting => setting.IsShown))
        {
            var shown = await setting.ShownAsync(stages, context, cancel);
            for (var i = 0; i < stages.Count; i++)
            {
                answers[i][setting.Name] = shown(stages[i]);
            }
        }

        return answers;
    }

    private static JsonObject Of(Stage stage, StageDescription kind, IEnumerable<Flow> flows) => new()
    {
        ["pk"] = stage.Id,
        ["name"] = stage.Name,
        ["component"] = kind.FormComponent,
        ["verbose_name"] = kind.Name,
        ["verbose_name_plural"] = kind.Plural,
        ["meta_model_name"] = $"{kind.App}.{kind.Model}",
        ["flow_set"] = new JsonArray([.. flows.Select(flow => JsonSerializer.SerializeToNode(FlowSetAnswer.Of(flow), ApiJson.Options))]),
    };

    private async Task<ILookup<Guid, Flow>> FlowsAsync(IReadOnlyList<Stage> stages, CancellationToken cancel)
    {
        var ids = stages.Select(stage => stage.Id).ToList();
        var bindings = await context.FlowStageBindings.AsNoTracking().Include(binding => binding.Flow).Where(binding => ids.Contains(binding.StageId)).ToListAsync(cancel);
        return bindings.DistinctBy(binding => (binding.StageId, binding.FlowId)).OrderBy(binding => binding.Flow!.Slug, StringComparer.Ordinal)
            .ToLookup(binding => binding.StageId, binding => binding.Flow!);
    }
}
