using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Sidecar.EndToEnd.Tests.UserText;

/// <summary>A compose file as Docker Compose would read it, as far as a test needs: environment and command of each service; its labels are read by the edge.</summary>
internal sealed partial class ComposeFile
{
    private readonly YamlMappingNode _services;
    private readonly IReadOnlyDictionary<string, string> _variables;

    private ComposeFile(YamlMappingNode services, IReadOnlyDictionary<string, string> variables)
    {
        _services = services;
        _variables = variables;
    }

    /// <summary>Reads the file, and <c>.env</c> beside it.</summary>
    public static ComposeFile Read(string path)
    {
        var yaml = new YamlStream();
        using (var text = File.OpenText(path))
        {
            yaml.Load(text);
        }

        var services = (YamlMappingNode)yaml.Documents[0].RootNode["services"];
        var variables = File.ReadLines(Path.Combine(Path.GetDirectoryName(path)!, ".env"))
            .Where(line => line.Contains('=', StringComparison.Ordinal) && !line.StartsWith('#'))
            .Select(line => line.Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1]);
        return new ComposeFile(services, variables);
    }

    public string Command(string service) => Text(_services[service]["command"]);

    /// <summary>What the container's process sees: <c>env_file</c>, overridden by <c>environment</c>.</summary>
    public IReadOnlyDictionary<string, string> Environment(string service)
    {
        var all = new Dictionary<string, string>(_variables);
        foreach (var (name, value) in (YamlMappingNode)_services[service]["environment"])
        {
            all[((YamlScalarNode)name).Value!] = Text(value);
        }

        return all;
    }

    private string Text(YamlNode node) => Variable().Replace(
        ((YamlScalarNode)node).Value ?? "",
        match => _variables.GetValueOrDefault(match.Groups["name"].Value) ?? match.Groups["default"].Value);

    [GeneratedRegex(@"\$\{(?<name>\w+)(:-(?<default>[^}]*))?\}")]
    private static partial Regex Variable();
}
