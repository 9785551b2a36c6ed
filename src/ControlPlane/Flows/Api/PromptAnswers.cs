using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>The schema's <c>Prompt</c>, with the stages that show it.</summary>
internal sealed class PromptAnswers(ControlPlaneContext context, StageDescriptions descriptions, StageAnswers stages)
{
    public async Task<IReadOnlyList<JsonObject>> OfAsync(IReadOnlyList<Prompt> prompts, CancellationToken cancel)
    {
        var ids = prompts.Select(prompt => prompt.Id).ToList();
        var links = await context.Set<StagePrompt>().AsNoTracking().Where(link => ids.Contains(link.PromptId)).ToListAsync(cancel);
        var using_ = links.Select(link => link.StageId).Distinct().ToList();
        var rows = await context.Stages.AsNoTracking().Where(stage => using_.Contains(stage.Id)).OrderBy(stage => stage.Name).ToListAsync(cancel);
        var shown = await stages.WholeAsync(descriptions.Of(StageKind.Prompt), rows, cancel);
        return [.. prompts.Select(prompt => Of(prompt, shown.Where((_, i) => links.Exists(link => link.PromptId == prompt.Id && link.StageId == rows[i].Id))))];
    }

    private static JsonObject Of(Prompt prompt, IEnumerable<JsonObject> stages)
    {
        var answer = SettingsOf(prompt);
        answer["pk"] = prompt.Id;
        answer["prompt_stages_obj"] = new JsonArray([.. stages.Select(stage => stage.DeepClone())]);
        return answer;
    }

    /// <summary>What can be set on it.</summary>
    public static JsonObject SettingsOf(Prompt prompt) => new()
    {
        ["name"] = prompt.Name,
        ["field_key"] = prompt.FieldKey,
        ["label"] = prompt.Label,
        ["type"] = prompt.Type,
        ["required"] = prompt.Required,
        ["placeholder"] = prompt.Placeholder,
        ["initial_value"] = prompt.InitialValue,
        ["order"] = prompt.Order,
        ["sub_text"] = prompt.SubText,
        ["placeholder_expression"] = false,
        ["initial_value_expression"] = false,
    };
}
