using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Sidecar.EndToEnd.Tests.Compose;

/// <summary>A compose file as Docker Compose would read it, as far as a test needs: environment and command of each service, and the text for who reads labels.</summary>
internal sealed partial class ComposeFile
{
    private readonly YamlMappingNode _services;
    private readonly IReadOnlyDictionary<string, string> _variables;

    private ComposeFile(string text, IReadOnlyDictionary<string, string> variables)
    {
        _variables = variables;
        Text = Interpolate(text);
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Text));
        _services = (YamlMappingNode)yaml.Documents[0].RootNode["services"];
    }

    /// <summary>With the variables of <c>.env</c> put in.</summary>
    public string Text { get; }

    /// <param name="path">The file.</param>
    /// <param name="environmentPath">Null: <c>.env</c> beside it.</param>
    public static ComposeFile Read(string path, string? environmentPath = null)
    {
        var variables = File.ReadLines(environmentPath ?? Path.Combine(Path.GetDirectoryName(path)!, ".env"))
            .Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#'))
            .Select(line => line.Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1]);
        return new ComposeFile(File.ReadAllText(path), variables);
    }

    public string Command(string service) => ((YamlScalarNode)_services[service]["command"]).Value!;

    /// <summary>Whether nothing but its volumes can be written to.</summary>
    public bool IsReadOnly(string service) =>
        ((YamlMappingNode)_services[service]).Children.TryGetValue(new YamlScalarNode("read_only"), out var value) && ((YamlScalarNode)value).Value == "true";

    /// <summary>The target of the Dockerfile that the service runs; of two that share an image, the one that builds it says so.</summary>
    public string Target(string service)
    {
        var image = ((YamlScalarNode)_services[service]["image"]).Value;
        var builder = _services.Children.Values.Cast<YamlMappingNode>()
            .Single(body => body.Children.ContainsKey(new YamlScalarNode("build")) && ((YamlScalarNode)body["image"]).Value == image);
        return ((YamlScalarNode)builder["build"]["target"]).Value!;
    }

    /// <summary>What the container's process sees: <c>env_file</c> if the service names one, overridden by <c>environment</c>.</summary>
    public IReadOnlyDictionary<string, string> Environment(string service)
    {
        var body = (YamlMappingNode)_services[service];
        var all = body.Children.ContainsKey(new YamlScalarNode("env_file")) ? new Dictionary<string, string>(_variables) : [];
        foreach (var (name, value) in (YamlMappingNode)body["environment"])
        {
            all[((YamlScalarNode)name).Value!] = ((YamlScalarNode)value).Value ?? "";
        }

        return all;
    }

    private string Interpolate(string text) => Variable().Replace(text, match =>
        _variables.TryGetValue(match.Groups["name"].Value, out var value) && value.Length > 0 ? value
        : match.Groups["required"].Success ? throw new InvalidOperationException($".env lacks {match.Groups["name"].Value}: {match.Groups["required"].Value}")
        : match.Groups["default"].Value);

    // A dollar sign that is written twice is for the container.
    [GeneratedRegex(@"(?<!\$)\$\{(?<name>\w+)(:-(?<default>[^}]*)|:\?(?<required>[^}]*))?\}")]
    private static partial Regex Variable();
}
