using System.Text.Json;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Directory.Import;

/// <summary>Takes a file of users apart: CSV with a line of names first, or a JSON list of objects.</summary>
internal static class ImportFile
{
    /// <summary>Bytes, and characters, of a whole file.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    private const int MaxEntries = 20_000;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    public static (IReadOnlyList<ImportEntry> Entries, IReadOnlyList<ImportProblem> Problems) Read(string text)
    {
        var problems = new List<ImportProblem>();
        text = text.TrimStart('\uFEFF');
        var entries = text.AsSpan().TrimStart().StartsWith("[") ? ReadJson(text, problems) : ReadCsv(text, problems);
        if (problems.Count == 0 && entries.Count is 0 or > MaxEntries)
        {
            problems.Add(new ImportProblem(0, "", $"The file must have from 1 to {MaxEntries} users; it has {entries.Count}."));
        }

        return (entries, problems);
    }

    private static List<ImportEntry> ReadJson(string text, List<ImportProblem> problems)
    {
        var entries = new List<ImportEntry>();
        try
        {
            foreach (var item in JsonElement.Parse(text, Strict).EnumerateArray())
            {
                if (!item.IsStorable())
                {
                    problems.Add(new ImportProblem(entries.Count + 1, "", "Holds a character that cannot be kept: a NUL, or half of a surrogate pair."));
                    return entries;
                }

                if (item.ValueKind == JsonValueKind.Object)
                {
                    entries.Add(new ImportEntry(entries.Count + 1, item.EnumerateObject().ToDictionary(field => field.Name, field => field.Value, StringComparer.Ordinal)));
                }
                else
                {
                    problems.Add(new ImportProblem(entries.Count + 1, "", "Every entry must be an object."));
                    return entries;
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            problems.Add(new ImportProblem(0, "", $"This is not valid JSON: {error.Message}"));
        }

        return entries;
    }

    private static List<ImportEntry> ReadCsv(string text, List<ImportProblem> problems)
    {
        var entries = new List<ImportEntry>();
        var reader = new CsvReader(text);
        if (reader.Read() is not { Problem: null, Cells: var names })
        {
            problems.Add(new ImportProblem(1, "", "The first line must name the fields, such as username,name,email."));
            return entries;
        }

        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            problems.Add(new ImportProblem(1, twice.Key, "This field is named twice."));
            return entries;
        }

        while (reader.Read() is var (line, cells, problem))
        {
            if (problem is not null)
            {
                problems.Add(new ImportProblem(line, "", problem));
                break;
            }

            if (cells.Count != names.Count)
            {
                problems.Add(new ImportProblem(line, "", $"{cells.Count} values, but the first line names {names.Count} fields."));
                continue;
            }

            // An empty value is one that is not given.
            entries.Add(new ImportEntry(line, names.Zip(cells).Where(pair => pair.Second.Length > 0).ToDictionary(pair => pair.First, pair => JsonSerializer.SerializeToElement(pair.Second), StringComparer.Ordinal)));
        }

        return entries;
    }
}
