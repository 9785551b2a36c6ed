using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Sidecar.TestKit.Processes;

namespace Sidecar.TestKit.Corpora;

/// <summary>Reads the files of <c>tests/Corpora</c>: JSON Lines, one row a line. A theory runs over the ids, so that a row that fails is named.</summary>
public static partial class Corpus
{
    // A member that a row does not have is a slip of the pen that would weaken the row.
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private static readonly ConcurrentDictionary<Type, object> Read = new();

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Corpora");

    public static IEnumerable<string> Ids<T>()
        where T : CorpusRow => Rows<T>().Keys;

    public static T Row<T>(string id)
        where T : CorpusRow => Rows<T>()[id];

    public static IEnumerable<T> All<T>()
        where T : CorpusRow => Rows<T>().Values;

    /// <summary>Puts in what stands for <c>{name}</c>; <c>{a:300}</c> is three hundred letters. Other braces stay.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) => Placeholder().Replace(
        text,
        found => found.Groups["count"] is { Success: true } count ? new string('a', int.Parse(count.ValueSpan, CultureInfo.InvariantCulture))
            : values.GetValueOrDefault(found.Groups["name"].Value, found.Value));

    public static KeyValuePair<string, string> Header(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return KeyValuePair.Create(line[..colon], line[(colon + 1)..].Trim(' '));
    }

    private static OrderedDictionary<string, T> Rows<T>()
        where T : CorpusRow => (OrderedDictionary<string, T>)Read.GetOrAdd(typeof(T), static _ => Load<T>());

    private static OrderedDictionary<string, T> Load<T>()
        where T : CorpusRow
    {
        var rows = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(Folder, typeof(T).GetCustomAttribute<CorpusFileAttribute>()!.Name + ".jsonl")))
        {
            var row = JsonSerializer.Deserialize<T>(line, Strict)!;
            rows.Add(row.Id, row);
        }

        return rows;
    }

    [GeneratedRegex(@"\{(?:a:(?<count>[0-9]+)|(?<name>[A-Za-z0-9]+))\}")]
    private static partial Regex Placeholder();
}
