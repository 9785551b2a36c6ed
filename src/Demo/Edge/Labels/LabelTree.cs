using System.Globalization;

namespace Sidecar.Demo.Edge.Labels;

/// <summary>Labels of one container by key, in any letter case; remembers what was read, so that a misspelt label is told.</summary>
internal sealed class LabelTree
{
    private readonly Dictionary<string, string> _values;
    private readonly HashSet<string> _read = new(StringComparer.OrdinalIgnoreCase);

    private LabelTree(Dictionary<string, string> values) => _values = values;

    public static LabelTree Of(IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in labels.Where(label => label.Key.StartsWith("traefik.", StringComparison.OrdinalIgnoreCase)))
        {
            values[key] = value;
        }

        return new LabelTree(values);
    }

    public bool Has(string key) => _values.ContainsKey(key);

    public string Text(string key)
    {
        _read.Add(key);
        return _values.GetValueOrDefault(key, "");
    }

    public IReadOnlyList<string> List(string key) => Text(key).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public bool? Flag(string key) => !Has(key) ? null
        : bool.TryParse(Text(key), out var flag) ? flag
        : throw new EdgeConfigurationException($"label {key} must be true or false");

    public int Number(string key, int otherwise) => (int)Long(key, otherwise);

    public long Long(string key, long otherwise) => !Has(key) ? otherwise
        : long.TryParse(Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new EdgeConfigurationException($"label {key} must be a number");

    /// <summary>The names under a branch, in the order of the labels: traefik.http.routers gives its routers.</summary>
    public IEnumerable<string> Names(string branch) => _values.Keys
        .Where(key => key.StartsWith(branch + ".", StringComparison.OrdinalIgnoreCase))
        .Select(key => key[(branch.Length + 1)..].Split('.')[0])
        .Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>Read and without meaning here: a branch such as a router's tls options.</summary>
    public void Ignore(string branch) =>
        _read.UnionWith(_values.Keys.Where(key => key.Equals(branch, StringComparison.OrdinalIgnoreCase) || key.StartsWith(branch + ".", StringComparison.OrdinalIgnoreCase)));

    public void RefuseUnread()
    {
        Ignore("traefik.docker");
        if (_values.Keys.FirstOrDefault(key => !_read.Contains(key)) is { } unknown)
        {
            throw new EdgeConfigurationException($"label {unknown} means nothing to the edge");
        }
    }
}
