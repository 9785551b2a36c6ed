using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Flows.Api;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Blueprints;

/// <summary>
/// Makes the objects of a blueprint, or changes those that are there, by the rules of the API: what the API refuses is refused here, with its line. Everything or nothing; what a flow is made
/// for, and that the default sign-in flow keeps a way in, is guarded as there.
/// </summary>
internal sealed class FlowImport(ControlPlaneContext context, ApiSave save, BlueprintKeys keys, StageFields stages, PromptFields prompts, FlowBindingFields bindings)
{
    private const string Policies = "policies belong to the installation: make them here, and bind them when the flow is there.";

    /// <summary>What is wrong; empty: done.</summary>
    /// <param name="blueprint">Read.</param>
    /// <param name="keeps">False: everything is checked, and nothing is kept.</param>
    /// <param name="cancel">The caller went away.</param>
    public async Task<IReadOnlyList<BlueprintProblem>> RunAsync(Blueprint blueprint, bool keeps, CancellationToken cancel)
    {
        var problems = blueprint.Entries.Where(entry => !IsKnown(entry.Model)).Select(entry => new BlueprintProblem(entry.Line, RefusalOf(entry.Model))).ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        var refusal = await save.SaveAsync(
            async step =>
            {
                // Whatever was read before the lock was taken may have changed since.
                foreach (var some in InTurns(blueprint.Entries))
                {
                    foreach (var entry in some)
                    {
                        await MakeAsync(entry, step, problems, cancel);
                    }

                    if (problems.Count > 0)
                    {
                        return ApiResults.Invalid(FieldErrors.NoField, "The blueprint has mistakes.");
                    }
                }

                return null;
            },
            keeps,
            cancel);
        return problems.Count > 0 || refusal is null ? problems : [new BlueprintProblem(1, ReasonOf(refusal))];
    }

    private bool IsKnown(string model) => model is BlueprintKeys.Flow or BlueprintKeys.Prompt or BlueprintKeys.Binding or BlueprintKeys.Group || keys.KindOf(model) is not null;

    private static string RefusalOf(string model) =>
        model.StartsWith("authentik_policies", StringComparison.Ordinal) ? $"{model} is not imported: {Policies}" : $"{model} is not known here, or not a part of a flow.";

    private static string ReasonOf(IResult refusal) =>
        (refusal as IValueHttpResult)?.Value is IReadOnlyDictionary<string, List<string>> reasons && reasons.Values.FirstOrDefault() is [var first, ..] ? first : "It was refused.";

    /// <summary>Nothing comes before what it refers to: flows, prompts and groups, then stages by and by, then their places.</summary>
    private static IEnumerable<IReadOnlyList<BlueprintEntry>> InTurns(IReadOnlyList<BlueprintEntry> entries)
    {
        yield return [.. entries.Where(entry => entry.Model is BlueprintKeys.Flow or BlueprintKeys.Prompt or BlueprintKeys.Group)];
        var left = entries.Where(entry => entry.Model is not (BlueprintKeys.Flow or BlueprintKeys.Prompt or BlueprintKeys.Group or BlueprintKeys.Binding)).ToList();
        while (left.Count > 0)
        {
            var ready = left.Where(entry => !left.Exists(other => !ReferenceEquals(other, entry) && BlueprintKeys.Names(entry, other))).ToList();

            // Stages that name each other in a circle: the first of them is told why it cannot be.
            ready = ready.Count > 0 ? ready : [left[0]];
            left = [.. left.Except(ready)];
            yield return ready;
        }

        yield return [.. entries.Where(entry => entry.Model == BlueprintKeys.Binding)];
    }

    private async Task MakeAsync(BlueprintEntry entry, Func<Task> step, List<BlueprintProblem> problems, CancellationToken cancel)
    {
        var unresolved = new List<string>();
        var identifiers = (await keys.ResolveAsync(new JsonObject(entry.Identifiers.Where(pair => pair.Key != "pk").Select(Copy)), unresolved, cancel))!.AsObject();
        var attributes = (await keys.ResolveAsync(entry.Attributes, unresolved, cancel))!.AsObject();
        if (unresolved.Count > 0)
        {
            problems.AddRange(unresolved.Select(reason => new BlueprintProblem(entry.Line, reason)));
            return;
        }

        var found = await keys.FindAsync(entry, cancel) ?? (entry.Model == BlueprintKeys.Binding ? await PlaceAsync(Merged(identifiers, attributes), cancel) : null);
        if (entry.Attributes.Count == 0 && entry.State == BlueprintState.Present && found is { } named)
        {
            keys.Set(entry, named);
            return;
        }

        if (RefusalOf(entry, found) is { } refusal)
        {
            problems.Add(new BlueprintProblem(entry.Line, refusal));
            return;
        }

        if (entry.State == BlueprintState.Created && found is { } there)
        {
            keys.Set(entry, there);
            return;
        }

        await WriteAsync(entry, found, Merged(identifiers, attributes), step, problems, cancel);
    }

    private static string? RefusalOf(BlueprintEntry entry, Guid? found) =>
        entry.Model == BlueprintKeys.Group ? (found is null ? $"There is no group {NameOf(entry)} here; make it first." : "Groups are only named in a flow's blueprint; leave out its attrs.")
        : entry.State == BlueprintState.MustCreated && found is not null ? $"{NameOf(entry)} is there already."
        : entry is { Model: BlueprintKeys.Flow, Attributes.Count: 0 } && found is null ? $"There is no flow {NameOf(entry)} here; import it first."
        : null;

    private async Task WriteAsync(BlueprintEntry entry, Guid? found, JsonObject fields, Func<Task> step, List<BlueprintProblem> problems, CancellationToken cancel)
    {
        var body = JsonBody.Of(JsonObjects.From(fields), whole: found is null);
        Guid? wished = Guid.TryParse(BlueprintKeys.PkOf(entry), out var pk) ? pk : null;
        var id = entry.Model switch
        {
            BlueprintKeys.Flow => await FlowAsync(body, found, wished, cancel),
            BlueprintKeys.Prompt => await PromptAsync(body, found, wished, cancel),
            BlueprintKeys.Binding => await BindingAsync(body, found, wished, cancel),
            _ => await StageAsync(entry.Model, body, found, wished, cancel),
        };
        if (!body.Finish())
        {
            problems.AddRange(body.Errors.Reasons.SelectMany(field => field.Value.Select(reason => new BlueprintProblem(entry.LineOf(field.Key), $"{entry.Model} {NameOf(entry)}: {field.Key}: {reason}"))));
            context.ChangeTracker.Clear();
            return;
        }

        await step();
        keys.Set(entry, id);
    }

    private async Task<Guid> FlowAsync(JsonBody body, Guid? found, Guid? wished, CancellationToken cancel)
    {
        if (found is null)
        {
            return context.Flows.Add(await FlowFields.NewAsync(body, context, cancel, wished)).Entity.Id;
        }

        FlowFields.Change(body, await context.Flows.Include(flow => flow.StageBindings).SingleAsync(flow => flow.Id == found, cancel));
        return found.Value;
    }

    private async Task<Guid> PromptAsync(JsonBody body, Guid? found, Guid? wished, CancellationToken cancel)
    {
        var prompt = found is { } id ? await context.Prompts.SingleAsync(row => row.Id == id, cancel) : context.Prompts.Add(PromptFields.Blank(wished)).Entity;
        await prompts.ApplyAsync(body, prompt, cancel);
        return prompt.Id;
    }

    private async Task<Guid> StageAsync(string model, JsonBody body, Guid? found, Guid? wished, CancellationToken cancel)
    {
        var kind = keys.KindOf(model)!;
        var stage = found is { } id
            ? await context.Stages.SingleAsync(row => row.Id == id, cancel)
            : context.Stages.Add(new Stage { Id = wished ?? Guid.CreateVersion7(), Name = "", Kind = kind.Kind }).Entity;
        await stages.ApplyAsync(body, kind, stage, cancel);
        return stage.Id;
    }

    private async Task<Guid> BindingAsync(JsonBody body, Guid? found, Guid? wished, CancellationToken cancel)
    {
        var binding = found is { } id
            ? await context.FlowStageBindings.Include(row => row.Flow).SingleAsync(row => row.Id == id, cancel)
            : context.FlowStageBindings.Add(new FlowStageBinding { Id = wished ?? Guid.CreateVersion7(), FlowId = Guid.Empty, StageId = Guid.Empty, Order = 0 }).Entity;
        body.Refuses("target", binding.Flow?.Slug == Setup.SetUpGate.FlowSlug, FlowBindingsApi.SetUpKeeps);
        await bindings.ApplyAsync(body, binding, cancel);
        return binding.Id;
    }

    /// <summary>A binding has no name: it is the one at its place.</summary>
    private async Task<Guid?> PlaceAsync(JsonObject fields, CancellationToken cancel) =>
        Guid.TryParse(fields["target"]?.ToString(), out var target) && Guid.TryParse(fields["stage"]?.ToString(), out var stage)
        && int.TryParse(fields["order"]?.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var order)
            ? await context.FlowStageBindings.Where(row => row.FlowId == target && row.StageId == stage && row.Order == order).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancel)
            : null;

    private static JsonObject Merged(JsonObject identifiers, JsonObject attributes) =>
        new(identifiers.Where(pair => !attributes.ContainsKey(pair.Key)).Concat(attributes).Select(Copy).ToList());

    private static KeyValuePair<string, JsonNode?> Copy(KeyValuePair<string, JsonNode?> pair) => new(pair.Key, pair.Value?.DeepClone());

    private static string NameOf(BlueprintEntry entry) =>
        (entry.Identifiers["slug"] ?? entry.Identifiers["name"] ?? entry.Attributes["slug"] ?? entry.Attributes["name"] ?? entry.Identifiers["pk"])?.ToString() is { Length: > 0 and < 200 } name ? $"\"{name}\"" : "";
}
