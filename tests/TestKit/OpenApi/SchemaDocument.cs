using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace Sidecar.TestKit.OpenApi;

/// <summary>An OpenAPI 3.0 document, as far as answers are judged by it.</summary>
public sealed class SchemaDocument
{
    private static readonly Lazy<SchemaDocument> OfAuthentik = new(() => Load(AuthentikClientPackage.SchemaFile));

    private readonly YamlMappingNode _root;
    private readonly YamlMappingNode _paths;

    private SchemaDocument(YamlMappingNode root)
    {
        _root = root;
        _paths = root.Map("paths")!;
    }

    public static SchemaDocument Authentik => OfAuthentik.Value;

    public static SchemaDocument Load(string file)
    {
        using var text = File.OpenText(file);
        var yaml = new YamlStream();
        yaml.Load(text);
        return new SchemaDocument((YamlMappingNode)yaml.Documents[0].RootNode);
    }

    /// <summary>What is wrong with an answer; empty: nothing.</summary>
    /// <param name="path">Without the server's prefix, as in the document: <c>/core/users/5/</c>.</param>
    public IReadOnlyList<string> ProblemsOf(string method, string path, int status, string? mediaType, ReadOnlySpan<byte> body)
    {
        var operation = FindOperation(method, path);
        if (operation is null && status != 404)
        {
            return [$"{method} {path} is not in the document"];
        }

        var declared = operation?.Map("responses")?.Map(status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (declared is not null && Resolve(declared).Map("content") is not { } && body.IsEmpty)
        {
            return [];
        }

        // What the document does not name (404, 405) is told as it tells every other refusal; bodies of a plain 400 are field errors.
        var schema = declared is null || Resolve(declared).Map("content") is null
            ? Fallback(status)
            : Resolve(declared).Map("content")!.Map("application/json")?.Map("schema");
        if (schema is null)
        {
            return [$"{method} {path}: {status} with a body is not in the document"];
        }

        if (mediaType != "application/json")
        {
            return [$"{method} {path}: {status} has the media type \"{mediaType}\""];
        }

        var reader = new Utf8JsonReader(body);
        using var json = JsonDocument.ParseValue(ref reader);
        var problems = new List<string>();
        new SchemaCheck(this, problems).Check(schema, json.RootElement, $"{method} {path} {status}: $");
        return problems;
    }

    internal YamlMappingNode Resolve(YamlMappingNode node)
    {
        while (node.Text("$ref") is { } reference)
        {
            node = reference.Split('/').Skip(1).Aggregate(_root, (at, name) => at.Map(name) ?? throw new InvalidDataException($"{reference} leads nowhere"));
        }

        return node;
    }

    private YamlMappingNode? Fallback(int status) => status switch
    {
        400 => _root.Map("components")!.Map("schemas")!.Map("ValidationError"),
        >= 401 => _root.Map("components")!.Map("schemas")!.Map("GenericError"),
        _ => null,
    };

    private YamlMappingNode? FindOperation(string method, string path)
    {
        var segments = path.Split('/');
        return _paths.Children
            .Where(entry => Fits(((YamlScalarNode)entry.Key).Value!.Split('/'), segments))
            .OrderBy(entry => ((YamlScalarNode)entry.Key).Value!.Count(c => c == '{'))
            .Select(entry => ((YamlMappingNode)entry.Value).Map(method.ToLowerInvariant()))
            .FirstOrDefault(operation => operation is not null);
    }

    private static bool Fits(string[] template, string[] segments) =>
        template.Length == segments.Length && template.Zip(segments).All(pair => pair.First == pair.Second || (pair.First.StartsWith('{') && pair.Second.Length > 0));
}
