using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Flows.Planning;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>
/// A flow with its stages, prompts and places as one blueprint in authentik's form (version 1). It is written as JSON, which every reader of YAML reads.
/// Policies are not in it: they belong to the installation.
/// </summary>
internal sealed class FlowExport(ControlPlaneContext context, StageDescriptions descriptions, StageAnswers stages)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    // What an answer says that nobody can set.
    private static readonly string[] Told = ["pk", "component", "verbose_name", "verbose_name_plural", "meta_model_name", "flow_set"];

    /// <param name="flow">With its stage bindings and their stages.</param>
    /// <param name="cancel">The caller went away.</param>
    public async Task<string> WriteAsync(Flow flow, CancellationToken cancel)
    {
        var entries = new JsonArray { Entry("authentik_flows.flow", flow.Id, "slug", AttributesOf(flow)) };
        await AddPromptsAsync(entries, flow, cancel);
        foreach (var stage in flow.StageBindings.Select(binding => binding.Stage!).DistinctBy(stage => stage.Id).OrderBy(stage => stage.Name, StringComparer.Ordinal))
        {
            var kind = descriptions.Of(stage.Kind);
            var attributes = (await stages.WholeAsync(kind, [stage], cancel))[0];
            Array.ForEach(Told, name => attributes.Remove(name));

            // Policies belong to the installation: another one would not know their ids.
            attributes.Remove("validation_policies");
            entries.Add(Entry($"{kind.App}.{kind.Model}", stage.Id, "name", attributes));
        }

        foreach (var binding in FlowPlanner.Ordered(flow))
        {
            entries.Add(Entry("authentik_flows.flowstagebinding", binding.Id, "pk", AttributesOf(binding)));
        }

        return new JsonObject
        {
            ["version"] = 1,
            ["metadata"] = new JsonObject { ["name"] = flow.Name },
            ["entries"] = entries,
        }.ToJsonString(Indented);
    }

    private async Task AddPromptsAsync(JsonArray entries, Flow flow, CancellationToken cancel)
    {
        var ids = flow.StageBindings.Select(binding => binding.StageId).ToList();
        foreach (var prompt in await context.Prompts.AsNoTracking().Where(prompt => prompt.Stages.Any(stage => ids.Contains(stage.Id))).OrderBy(prompt => prompt.Order).ToListAsync(cancel))
        {
            entries.Add(Entry("authentik_stages_prompt.prompt", prompt.Id, "name", PromptAnswers.SettingsOf(prompt)));
        }
    }

    private static JsonObject Entry(string model, Guid id, string identifier, JsonObject attributes)
    {
        var identifiers = new JsonObject { ["pk"] = id };
        if (attributes[identifier] is { } value)
        {
            identifiers[identifier] = value.DeepClone();
        }

        return new JsonObject { ["model"] = model, ["identifiers"] = identifiers, ["attrs"] = attributes };
    }

    private static JsonObject AttributesOf(Flow flow) => Part(
        FlowAnswer.Of(flow), "name", "slug", "title", "designation", "background", "policy_engine_mode", "compatibility_mode", "layout", "denied_action", "authentication");

    private static JsonObject AttributesOf(FlowStageBinding binding) => Part(
        FlowBindingAnswer.Of(binding, []), "target", "stage", "evaluate_on_plan", "re_evaluate_policies", "order", "policy_engine_mode", "invalid_response_action");

    private static JsonObject Part<T>(T answer, params string[] names)
    {
        var whole = JsonSerializer.SerializeToNode(answer, ApiJson.Options)!.AsObject();
        return new JsonObject(names.Select(name => KeyValuePair.Create(name, whole[name]?.DeepClone())));
    }
}
