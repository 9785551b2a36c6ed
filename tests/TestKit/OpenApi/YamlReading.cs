using YamlDotNet.RepresentationModel;

namespace Sidecar.TestKit.OpenApi;

internal static class YamlReading
{
    public static YamlNode? Find(this YamlMappingNode node, string name) =>
        node.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null;

    public static YamlMappingNode? Map(this YamlMappingNode node, string name) => node.Find(name) as YamlMappingNode;

    public static YamlSequenceNode? List(this YamlMappingNode node, string name) => node.Find(name) as YamlSequenceNode;

    public static string? Text(this YamlMappingNode node, string name) => (node.Find(name) as YamlScalarNode)?.Value;

    public static bool IsTrue(this YamlMappingNode node, string name) => node.Text(name) == "true";
}
