using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Sidecar.EndToEnd.Tests.Proxies.Envoy;

/// <summary>A list of string matchers (<c>exact</c>, <c>prefix</c>, <c>safe_regex</c>); Envoy's header names are lower-case, and its regexes match whole names.</summary>
internal sealed class HeaderPatterns(YamlNode list)
{
    private readonly IReadOnlyList<Func<string, bool>> _matchers = [.. ((YamlSequenceNode)list["patterns"]).Select(Matcher)];

    public bool Has(string name) => _matchers.Any(matches => matches(name.ToLowerInvariant()));

    private static Func<string, bool> Matcher(YamlNode pattern)
    {
        var kinds = ((YamlMappingNode)pattern).Children;
        if (kinds.TryGetValue("exact", out var exact))
        {
            return name => name == exact.ToString();
        }

        if (kinds.TryGetValue("prefix", out var prefix))
        {
            return name => name.StartsWith(prefix.ToString(), StringComparison.Ordinal);
        }

        var regex = new Regex($"^(?:{kinds["safe_regex"]["regex"]})$");
        return regex.IsMatch;
    }
}
