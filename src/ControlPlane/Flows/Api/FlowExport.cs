using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Flows.Blueprints;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Flows.Planning;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>
/// A flow with its stages, prompts and places as one blueprint in authentik's form (version 1). It is written as JSON, which every reader of YAML reads.
/// Policies are not in it: they belong to the installation. What its stages refer to and it does not consist of (another flow, a group) is named, not described.
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
        var entries = new JsonArray { Entry(BlueprintKeys.Flow, flow.Id, "slug", AttributesOf(flow)) };
        var described = await StagesAsync(flow, cancel);
        await AddPromptsAsync(entries, [.. described.Select(pair => pair.Stage.Id)], cancel);
        await AddNamedAsync(entries, flow, described.SelectMany(pair => IdsIn(pair.Attributes)).ToHashSet(), cancel);
        foreach (var (stage, attributes) in described)
        {
            var kind = descriptions.Of(stage.Kind);
            entries.Add(Entry($"{kind.App}.{kind.Model}", stage.Id, "name", attributes));
        }

        foreach (var binding in FlowPlanner.Ordered(flow))
        {
            entries.Add(Entry(BlueprintKeys.Binding, binding.Id, "pk", AttributesOf(binding)));
        }

        return new JsonObject
        {
            ["version"] = 1,
            ["metadata"] = new JsonObject { ["name"] = flow.Name },
            ["entries"] = entries,
        }.ToJsonString(Indented);
    }

    /// <summary>Those of the flow, and before them those that they ask in their place or refer to.</summary>
    private async Task<IReadOnlyList<(Stage Stage, JsonObject Attributes)>> StagesAsync(Flow flow, CancellationToken cancel)
    {
        var described = new List<(Stage Stage, JsonObject Attributes)>();
        var next = flow.StageBindings.Select(binding => binding.Stage!).DistinctBy(stage => stage.Id).ToList();
        while (next.Count > 0)
        {
            foreach (var stage in next.OrderByDescending(stage => stage.Name, StringComparer.Ordinal))
            {
                described.Insert(0, (stage, await AttributesOfAsync(stage, cancel)));
            }

            var (named, known) = (described.SelectMany(pair => IdsIn(pair.Attributes)).ToHashSet(), described.Select(pair => pair.Stage.Id).ToList());
            next = await context.Stages.AsNoTracking().Where(stage => named.Contains(stage.Id) && !known.Contains(stage.Id)).ToListAsync(cancel);
        }

        return described;
    }

    private async Task<JsonObject> AttributesOfAsync(Stage stage, CancellationToken cancel)
    {
        var attributes = (await stages.WholeAsync(descriptions.Of(stage.Kind), [stage], cancel))[0];
        Array.ForEach(Told, name => attributes.Remove(name));

        // Policies belong to the installation: another one would not know their ids.
        attributes.Remove("validation_policies");
        return attributes;
    }

    private async Task AddPromptsAsync(JsonArray entries, IReadOnlyList<Guid> stages, CancellationToken cancel)
    {
        foreach (var prompt in await context.Prompts.AsNoTracking().Where(prompt => prompt.Stages.Any(stage => stages.Contains(stage.Id))).OrderBy(prompt => prompt.Order).ToListAsync(cancel))
        {
            entries.Add(Entry(BlueprintKeys.Prompt, prompt.Id, "name", PromptAnswers.SettingsOf(prompt)));
        }
    }

    private async Task AddNamedAsync(JsonArray entries, Flow flow, HashSet<Guid> ids, CancellationToken cancel)
    {
        foreach (var other in await context.Flows.AsNoTracking().Where(other => ids.Contains(other.Id) && other.Id != flow.Id).OrderBy(other => other.Slug).ToListAsync(cancel))
        {
            entries.Add(Named(BlueprintKeys.Flow, other.Id, "slug", other.Slug));
        }

        foreach (var group in await context.Groups.AsNoTracking().Where(group => ids.Contains(group.Id)).OrderBy(group => group.Name).ToListAsync(cancel))
        {
            entries.Add(Named(BlueprintKeys.Group, group.Id, "name", group.Name));
        }
    }

    private static IEnumerable<Guid> IdsIn(JsonNode? value) => value switch
    {
        JsonObject members => members.SelectMany(pair => IdsIn(pair.Value)),
        JsonArray items => items.SelectMany(IdsIn),
        JsonValue text when Guid.TryParse(text.ToString(), out var id) => [id],
        _ => [],
    };

    private static JsonObject Named(string model, Guid id, string identifier, string name) =>
        new() { ["model"] = model, ["identifiers"] = new JsonObject { ["pk"] = id, [identifier] = name }, ["attrs"] = new JsonObject() };

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
