using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sidecar.ControlPlane.Flows.Blueprints;

/// <summary>
/// YAML as JSON, event by event: no object is made by what a tag says, and an alias, which could make a small file a huge one, is refused. Numbers, true, false and null are those of YAML's
/// core schema (YAML 1.2.2, 10.3); everything else is text.
/// </summary>
internal sealed class YamlReader
{
    private const int MaxDepth = 32;
    private const string NoAnchors = "Anchors and aliases are not read: write the value out.";
    private const int MaxNodes = 20_000;

    private readonly Parser _events;
    private int _nodes;

    private YamlReader(TextReader text) => _events = new Parser(text);

    /// <summary>The line of every member of every object, by the object.</summary>
    public Dictionary<JsonObject, Dictionary<string, int>> Lines { get; } = new(ReferenceEqualityComparer.Instance);

    public Dictionary<JsonNode, int> Begins { get; } = new(ReferenceEqualityComparer.Instance);

    /// <exception cref="BlueprintException">It is not one document of the YAML that is read here.</exception>
    public static (JsonNode? Root, YamlReader Reader) Read(string text)
    {
        var reader = new YamlReader(new StringReader(text));
        try
        {
            reader._events.Consume<StreamStart>();
            reader._events.Consume<DocumentStart>();
            var root = reader.Node(0);
            reader._events.Consume<DocumentEnd>();
            return reader._events.Accept<StreamEnd>(out _) ? (root, reader) : throw new BlueprintException((int)reader._events.Current!.Start.Line, "Only one document is read.");
        }
        catch (YamlException error)
        {
            throw new BlueprintException((int)error.Start.Line, $"This is not valid YAML: {error.Message}");
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // The scanner's answer to some texts that are no YAML (18.1.0: a list in brackets that is never closed).
            throw new BlueprintException(reader.Line, "This is not valid YAML, here or in the lines that follow.");
        }
    }

    private JsonNode? Node(int depth)
    {
        if (_events.Accept<AnchorAlias>(out _))
        {
            throw new BlueprintException(Line, NoAnchors);
        }

        if (!_events.Accept<NodeEvent>(out var node))
        {
            throw new BlueprintException(Line, "Something is missing here.");
        }

        if (++_nodes > MaxNodes || depth > MaxDepth)
        {
            throw new BlueprintException(Line, $"A blueprint has at most {MaxNodes} values, {MaxDepth} deep.");
        }

        if (!node.Anchor.IsEmpty)
        {
            throw new BlueprintException(Line, NoAnchors);
        }

        var begins = Line;
        var read = node switch
        {
            Scalar => ScalarOf(_events.Consume<Scalar>(), begins),
            SequenceStart start => SequenceOf(start, depth, begins),
            MappingStart start => MappingOf(start, depth, begins),
            _ => throw new BlueprintException(begins, "This is not read."),
        };
        if (read is not null)
        {
            Begins[read] = begins;
        }

        return read;
    }

    private int Line => (int)(_events.Current?.Start.Line ?? 0);

    private static JsonNode? ScalarOf(Scalar scalar, int line)
    {
        var tag = TagOf(scalar);

        // An escape can write it, and no database would take it.
        if (scalar.Value.Contains('\0', StringComparison.Ordinal))
        {
            throw new BlueprintException(line, "Null characters are not allowed.");
        }

        if (tag is BlueprintTag.KeyOf)
        {
            return BlueprintTag.OfKey(scalar.Value);
        }

        RefuseTag(tag, line);
        return tag is not null || scalar.Style != ScalarStyle.Plain ? JsonValue.Create(scalar.Value) : PlainOf(scalar.Value);
    }

    private JsonNode SequenceOf(SequenceStart start, int depth, int line)
    {
        var tag = TagOf(start);
        _events.Consume<SequenceStart>();
        var items = new JsonArray();
        while (!_events.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        if (tag is BlueprintTag.Find)
        {
            return FoundBy(items) ?? throw new BlueprintException(line, "!Find names a model and one field with its value: !Find [authentik_flows.flow, [slug, default-authentication-flow]].");
        }

        RefuseTag(tag, line);
        return items;
    }

    private JsonObject MappingOf(MappingStart start, int depth, int line)
    {
        RefuseTag(TagOf(start), line);
        _events.Consume<MappingStart>();
        var members = new JsonObject();
        var lines = Lines[members] = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!_events.TryConsume<MappingEnd>(out _))
        {
            var at = Line;
            if (Node(depth + 1) is not JsonValue key || !key.TryGetValue(out string? name))
            {
                throw new BlueprintException(at, "Names are texts.");
            }

            if (!lines.TryAdd(name, at))
            {
                throw new BlueprintException(at, $"\"{name}\" stands here twice.");
            }

            members[name] = Node(depth + 1);
        }

        return members;
    }

    private static JsonNode? FoundBy(JsonArray items) =>
        items is [JsonValue model, JsonArray and [JsonValue field, JsonValue value]] && model.TryGetValue(out string? name) && field.TryGetValue(out string? by) && value.TryGetValue(out string? text)
            ? BlueprintTag.OfFound(name, by, text)
            : null;

    private static string? TagOf(NodeEvent node) => node.Tag.IsEmpty || node.Tag.IsNonSpecific || node.Tag.Value == "tag:yaml.org,2002:str" ? null : node.Tag.Value;

    private static void RefuseTag(string? tag, int line)
    {
        if (tag is not null)
        {
            throw new BlueprintException(line, $"The tag {tag} is not read here; of authentik's tags only {BlueprintTag.KeyOf} and {BlueprintTag.Find} are.");
        }
    }

    private static JsonValue? PlainOf(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when text.AsSpan().IndexOfAnyExceptInRange('+', '9') < 0 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}
