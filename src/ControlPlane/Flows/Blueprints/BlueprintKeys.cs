using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Blueprints;

/// <summary>Which object of this database an entry is, and what its neighbours' references to it become.</summary>
internal sealed class BlueprintKeys(ControlPlaneContext context, StageDescriptions descriptions)
{
    public const string Flow = "authentik_flows.flow";
    public const string Prompt = "authentik_stages_prompt.prompt";
    public const string Binding = "authentik_flows.flowstagebinding";
    public const string Group = "authentik_core.group";

    private readonly Dictionary<string, Guid> _byPk = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Guid> _byId = new(StringComparer.Ordinal);

    /// <summary>Null: a model that is no kind of stage here.</summary>
    public StageDescription? KindOf(string model) => descriptions.All.FirstOrDefault(kind => $"{kind.App}.{kind.Model}" == model);

    /// <summary>From here on references to the entry lead to that object.</summary>
    public void Set(BlueprintEntry entry, Guid id)
    {
        if (PkOf(entry) is { } pk)
        {
            _byPk[pk] = id;
        }

        if (entry.Id is { } name)
        {
            _byId[name] = id;
        }
    }

    public static string? PkOf(BlueprintEntry entry) => entry.Identifiers["pk"] is JsonValue value && value.TryGetValue(out string? pk) && BlueprintTag.Read(pk) is null ? pk : null;

    /// <summary>Whether other entries of the file must come first; by their <c>pk</c> or id.</summary>
    public static bool Names(BlueprintEntry entry, BlueprintEntry other) =>
        Texts(entry.Attributes).Concat(Texts(entry.Identifiers.Where(pair => pair.Key != "pk").Select(pair => pair.Value))).Any(text =>
            BlueprintTag.Read(text) is ["key", var id] ? id == other.Id : PkOf(other) is { } pk && pk.Equals(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>The value with every reference replaced by the id of the object that it leads to here.</summary>
    /// <param name="value">Of an entry.</param>
    /// <param name="problems">Gets the references that lead nowhere.</param>
    /// <param name="cancel">The caller went away.</param>
    public async Task<JsonNode?> ResolveAsync(JsonNode? value, List<string> problems, CancellationToken cancel)
    {
        switch (value)
        {
            case JsonObject members:
                var resolved = new JsonObject();
                foreach (var (name, member) in members)
                {
                    resolved[name] = await ResolveAsync(member, problems, cancel);
                }

                return resolved;
            case JsonArray items:
                var list = new JsonArray();
                foreach (var item in items)
                {
                    list.Add(await ResolveAsync(item, problems, cancel));
                }

                return list;
            case JsonValue text when text.TryGetValue(out string? word):
                return await ResolveTextAsync(word, problems, cancel);
            default:
                return value?.DeepClone();
        }
    }

    private async Task<JsonNode?> ResolveTextAsync(string text, List<string> problems, CancellationToken cancel)
    {
        if (BlueprintTag.Read(text) is not { } tag)
        {
            return _byPk.TryGetValue(text, out var known) ? $"{known:D}" : text;
        }

        Guid? found = tag switch
        {
            ["key", var id] => _byId.TryGetValue(id, out var set) ? set : null,
            ["find", var model, var field, var value] => await FindAsync(model, field, value, cancel),
            _ => null,
        };
        if (found is null)
        {
            problems.Add(tag is ["find", var kind, var by, var of] ? $"There is no {kind} with {by} \"{of}\" here." : $"No entry before this one has the id \"{tag[^1]}\".");
        }

        return found is { } there ? $"{there:D}" : null;
    }

    /// <summary>The object of this database that the entry names by its number or else by its name; null: there is none.</summary>
    public async Task<Guid?> FindAsync(BlueprintEntry entry, CancellationToken cancel)
    {
        if (Guid.TryParse(PkOf(entry), out var id) && await FindAsync(entry.Model, "pk", $"{id:D}", cancel) is { } same)
        {
            return same;
        }

        foreach (var (field, value) in entry.Identifiers.Where(pair => pair.Key != "pk"))
        {
            if (value is JsonValue text && text.TryGetValue(out string? word) && await FindAsync(entry.Model, field, word, cancel) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private async Task<Guid?> FindAsync(string model, string field, string value, CancellationToken cancel)
    {
        Guid? id = Guid.TryParse(value, out var pk) ? pk : null;
        return (model, field) switch
        {
            (_, "pk") when id is null => null,
            (Flow, "slug") => await context.Flows.Where(row => row.Slug == value).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancel),
            (Flow, "pk") => await context.Flows.Where(row => row.Id == id).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancel),
            (Prompt, "name") => await context.Prompts.Where(row => row.Name == value).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancel),
            (Prompt, "pk") => await context.Prompts.Where(row => row.Id == id).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancel),
            (Group, "name") => await context.Groups.Where(row => row.Name == value).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancel),
            (Group, "pk") => await context.Groups.Where(row => row.Id == id).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancel),
            (Binding, "pk") => await context.FlowStageBindings.Where(row => row.Id == id).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancel),
            (_, "name") when KindOf(model) is { } kind => await context.Stages.Where(row => row.Name == value && row.Kind == kind.Kind).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancel),
            (_, "pk") when KindOf(model) is { } kind => await context.Stages.Where(row => row.Id == id && row.Kind == kind.Kind).Select(row => (Guid?)row.Id).SingleOrDefaultAsync(cancel),
            _ => null,
        };
    }

    private static IEnumerable<string> Texts(IEnumerable<JsonNode?> values) => values.SelectMany(value => Texts(value));

    private static IEnumerable<string> Texts(JsonNode? value) => value switch
    {
        JsonObject members => Texts(members.Select(pair => pair.Value)),
        JsonArray items => Texts(items.AsEnumerable()),
        JsonValue text when text.TryGetValue(out string? word) => [word],
        _ => [],
    };
}
