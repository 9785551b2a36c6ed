using Sidecar.Demo.Edges;
using Sidecar.TestKit.Processes;
using YamlDotNet.RepresentationModel;

namespace Sidecar.Demo.Tests.Edges;

public sealed class TraefikFormsTests
{
    private static readonly string[] Branches = ["traefik.http.middlewares", "traefik.http.routers"];

    [Fact]
    public void Labels_and_file_say_the_same()
    {
        var labels = Load("traefik-labels")["services"].AllNodes.OfType<YamlSequenceNode>().SelectMany(list => list)
            .Select(label => label.ToString().Split('=', 2))
            .Select(parts => KeyValuePair.Create(parts[0].ToLowerInvariant(), parts[1].Replace("@docker", "", StringComparison.Ordinal)));
        var file = new Dictionary<string, string>();
        Flatten(Load("traefik-file"), "traefik", file);

        Assert.Equal(Said(labels), Said(file.Where(pair => !pair.Key.EndsWith(".service", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docker-compose.yml")]
    public void The_expression_for_identity_headers_is_the_same_everywhere(string file)
    {
        const string Option = ".authResponseHeadersRegex=";
        var recommended = Recipes.Fill("traefik-labels").Split('\n').Single(line => line.Contains(Option, StringComparison.Ordinal)).Split(Option)[1];

        var line = File.ReadLines(Path.Combine(Repository.Root, file)).Single(line => line.Contains(Option, StringComparison.OrdinalIgnoreCase));

        Assert.EndsWith(Option + recommended, line, StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Said(IEnumerable<KeyValuePair<string, string>> all) => all
        .Where(pair => Array.Exists(Branches, branch => pair.Key.StartsWith(branch, StringComparison.Ordinal)))
        .Select(pair => $"{pair.Key}={pair.Value}")
        .Order(StringComparer.Ordinal);

    private static YamlNode Load(string block)
    {
        var stream = new YamlStream();
        using var text = new StringReader(Recipes.Fill(block));
        stream.Load(text);
        return stream.Documents[0].RootNode;
    }

    private static void Flatten(YamlNode node, string at, Dictionary<string, string> all)
    {
        if (node is not YamlMappingNode map)
        {
            all[at.ToLowerInvariant()] = node is YamlSequenceNode list ? string.Join(',', list) : node.ToString();
            return;
        }

        foreach (var (name, value) in map)
        {
            Flatten(value, $"{at}.{name}", all);
        }
    }
}
