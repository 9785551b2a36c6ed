using YamlDotNet.RepresentationModel;

namespace Sidecar.Demo.Edge.Labels;

/// <summary>Reads the configuration from the labels of a compose file, as Traefik's Docker provider does from its containers.</summary>
public static class EdgeLabels
{
    /// <param name="compose">The text of the compose file.</param>
    /// <param name="locate">Where a service of that file really listens: its name (or container name) and port to an address.</param>
    public static EdgeConfiguration Read(string compose, Func<string, int, Uri> locate)
    {
        var stream = new YamlStream();
        using var text = new StringReader(compose);
        stream.Load(text);
        var found = new LabelledParts(locate);
        foreach (var (name, body) in Services(stream))
        {
            found.Add(name, LabelsOf(body));
        }

        return found.ToConfiguration();
    }

    private static IEnumerable<(string Name, YamlMappingNode Body)> Services(YamlStream stream) =>
        stream.Documents is [{ RootNode: YamlMappingNode root }]
            && root.Children.TryGetValue(new YamlScalarNode("services"), out var services) && services is YamlMappingNode all
                ? all.Children.Where(child => child.Value is YamlMappingNode).Select(child => (child.Key.ToString(), (YamlMappingNode)child.Value))
                : throw new EdgeConfigurationException("not a compose file: it has no services");

    private static List<KeyValuePair<string, string>> LabelsOf(YamlMappingNode service) =>
        !service.Children.TryGetValue(new YamlScalarNode("labels"), out var labels) ? []
        : labels switch
        {
            YamlSequenceNode list => [.. list.Select(item => Split(item.ToString()))],
            YamlMappingNode map => [.. map.Children.Select(item => Pair(item.Key.ToString(), item.Value.ToString()))],
            _ => throw new EdgeConfigurationException("labels are a list or a mapping"),
        };

    private static KeyValuePair<string, string> Split(string label)
    {
        var parts = label.Split('=', 2);
        return Pair(parts[0], parts.Length > 1 ? parts[1] : "");
    }

    // In a compose file a dollar sign is written twice.
    private static KeyValuePair<string, string> Pair(string key, string value) =>
        KeyValuePair.Create(key.Trim(), value.Replace("$$", "$", StringComparison.Ordinal));
}
