using System.Diagnostics.CodeAnalysis;

namespace Sidecar.Demo.Edge.Headers;

/// <summary>
/// Headers as lines: two lines of one name stay two, which HttpClient would join. Sorted, as Go writes them.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "Lines of a message, not a general collection")]
internal sealed class HeaderLines
{
    private readonly SortedDictionary<string, List<string>> _lines = new(StringComparer.Ordinal);

    public static HeaderLines Of(IHeaderDictionary headers)
    {
        var lines = new HeaderLines();
        foreach (var (name, values) in headers)
        {
            // In Go the host is a property of the request, not a header.
            if (!name.Equals("Host", StringComparison.OrdinalIgnoreCase) && name[0] != ':')
            {
                lines.AddAll(name, values!);
            }
        }

        return lines;
    }

    public IEnumerable<KeyValuePair<string, string>> All =>
        _lines.SelectMany(line => line.Value.Select(value => KeyValuePair.Create(line.Key, value)));

    public IEnumerable<string> Names => _lines.Keys;

    public void Add(string name, string value) => AddAll(name, [value]);

    public void AddAll(string name, IEnumerable<string> values)
    {
        var key = HeaderNames.Canonical(name);
        if (!_lines.TryGetValue(key, out var held))
        {
            _lines[key] = held = [];
        }

        held.AddRange(values);
    }

    public void Set(string name, string value) => _lines[HeaderNames.Canonical(name)] = [value];

    public void Remove(string name) => _lines.Remove(HeaderNames.Canonical(name));

    public void RemoveWhere(Func<string, bool> named)
    {
        foreach (var name in _lines.Keys.Where(named).ToList())
        {
            _lines.Remove(name);
        }
    }

    public bool Has(string name) => _lines.ContainsKey(HeaderNames.Canonical(name));

    public IReadOnlyList<string> Values(string name) =>
        _lines.TryGetValue(HeaderNames.Canonical(name), out var values) ? values : [];

    /// <summary>The first value; empty when there is none, as in Go.</summary>
    public string First(string name) => Values(name) is [var first, ..] ? first : "";
}
