using System.Text.Json.Nodes;

namespace Sidecar.ControlPlane.Flows.Blueprints;

/// <summary>Reads a file as a blueprint. What is not known is told with its line, and nothing is skipped.</summary>
internal static class BlueprintReader
{
    private const int MaxEntries = 500;

    public static (Blueprint? Blueprint, IReadOnlyList<BlueprintProblem> Problems) Read(string text)
    {
        try
        {
            var (root, reader) = YamlReader.Read(text);
            return Read(root as JsonObject ?? throw new BlueprintException(1, "A blueprint is an object with version, metadata and entries."), reader);
        }
        catch (BlueprintException error)
        {
            return (null, [error.Problem]);
        }
    }

    private static (Blueprint?, IReadOnlyList<BlueprintProblem>) Read(JsonObject root, YamlReader reader)
    {
        var problems = new List<BlueprintProblem>();
        var lines = reader.Lines[root];
        foreach (var (name, value) in root)
        {
            var isEmpty = value is null or JsonObject { Count: 0 };
            Refuse(name is not ("version" or "metadata" or "entries" or "context"), name, $"A blueprint has no \"{name}\".");
            Refuse(name == "context" && !isEmpty, name, "A context is not read: write its values where they are used.");
        }

        Refuse(root["version"]?.ToJsonString() != "1", "version", "Only version 1 is read.");
        var entries = new List<BlueprintEntry>();
        if (root["entries"] is JsonArray { Count: > 0 and <= MaxEntries } list)
        {
            entries.AddRange(list.Select(item => Entry(item, reader, problems)).OfType<BlueprintEntry>());
        }
        else
        {
            Refuse(true, "entries", $"A blueprint has 1 to {MaxEntries} entries in a list.");
        }

        return (problems.Count > 0 ? null : new Blueprint(entries), problems);

        void Refuse(bool wrong, string name, string reason)
        {
            if (wrong)
            {
                problems.Add(new BlueprintProblem(lines.GetValueOrDefault(name, 1), reason));
            }
        }
    }

    private static BlueprintEntry? Entry(JsonNode? item, YamlReader reader, List<BlueprintProblem> problems)
    {
        if (item is not JsonObject entry)
        {
            problems.Add(new BlueprintProblem(item is null ? 1 : reader.Begins.GetValueOrDefault(item, 1), "An entry is an object with model, identifiers and attrs."));
            return null;
        }

        var (lines, line, before) = (reader.Lines[entry], reader.Begins.GetValueOrDefault(entry, 1), problems.Count);
        foreach (var (name, value) in entry.Where(member => member.Key is not ("model" or "state" or "id" or "identifiers" or "attrs")))
        {
            if (name is not ("conditions" or "permissions") || value is not (null or JsonArray { Count: 0 }))
            {
                problems.Add(new BlueprintProblem(lines[name], $"\"{name}\" of an entry is not read here."));
            }
        }

        var model = Text(entry["model"]);
        if (model is null)
        {
            problems.Add(new BlueprintProblem(lines.GetValueOrDefault("model", line), "An entry says its model, for example authentik_flows.flow."));
        }

        var state = StateOf(entry, lines, problems);
        var identifiers = ObjectIn(entry, "identifiers", lines, line, problems);
        var attributes = ObjectIn(entry, "attrs", lines, line, problems);
        return problems.Count > before ? null : new BlueprintEntry
        {
            Line = line,
            Model = model!,
            State = state,
            Id = Text(entry["id"]),
            Identifiers = identifiers,
            Attributes = attributes,
            Lines = new Dictionary<string, int>(
                (reader.Lines.GetValueOrDefault(identifiers) ?? []).Concat(reader.Lines.GetValueOrDefault(attributes) ?? []).GroupBy(pair => pair.Key).Select(same => same.Last())),
        };
    }

    private static BlueprintState StateOf(JsonObject entry, Dictionary<string, int> lines, List<BlueprintProblem> problems)
    {
        var word = entry.ContainsKey("state") ? Text(entry["state"]) : "present";
        if (word is not ("present" or "created" or "must_created"))
        {
            problems.Add(new BlueprintProblem(lines["state"], "The state of an entry is present, created or must_created: nothing is deleted by an import."));
        }

        return word switch
        {
            "created" => BlueprintState.Created,
            "must_created" => BlueprintState.MustCreated,
            _ => BlueprintState.Present,
        };
    }

    private static JsonObject ObjectIn(JsonObject entry, string name, Dictionary<string, int> lines, int line, List<BlueprintProblem> problems)
    {
        switch (entry[name])
        {
            case JsonObject members:
                return members;
            case null:
                return [];
            default:
                problems.Add(new BlueprintProblem(lines.GetValueOrDefault(name, line), $"\"{name}\" must be an object."));
                return [];
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;
}
