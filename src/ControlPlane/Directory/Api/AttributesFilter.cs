using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary>
/// The filter <c>attributes</c>: a JSON object, each of whose members the row's attributes must have with that value; <c>a__b</c> is member b of member a.
/// The databases keep attributes as text, so the rows are looked through one after the other.
/// </summary>
internal static class AttributesFilter
{
    private const string Name = "attributes";
    private const string Separator = "__";

    // Django's other comparisons. Taken for the name of a member they would find nothing, and nobody would know why.
    private static readonly HashSet<string> Comparisons = new(
        [
            "exact", "iexact", "contains", "icontains", "contained_by", "has_key", "has_keys", "has_any_keys", "in", "gt", "gte", "lt", "lte", "startswith",
            "istartswith", "endswith", "iendswith", "range", "isnull", "regex", "iregex",
        ],
        StringComparer.Ordinal);

    /// <summary>Ids of the rows that fit; null: the query does not filter by attributes, or wrongly.</summary>
    public static async Task<IReadOnlyList<Guid>?> FindAsync(QueryReader query, IQueryable<AttributesRow> rows, CancellationToken cancel)
    {
        if (!TryRead(query, out var wanted))
        {
            return null;
        }

        var found = new List<Guid>();
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (wanted.All(member => Has(row.Attributes, member.Name, member.Value)))
            {
                found.Add(row.Id);
            }
        }

        return found;
    }

    private static bool TryRead(QueryReader query, out List<JsonProperty> wanted)
    {
        wanted = [];
        if (!query.TryText(Name, out var text))
        {
            return false;
        }

        if (Parse(text) is not { ValueKind: JsonValueKind.Object } json)
        {
            query.Errors.Add(Name, "Must be a JSON object such as {\"department\": \"sales\"}.");
            return false;
        }

        wanted = [.. json.EnumerateObject()];
        if (wanted.Select(member => member.Name).FirstOrDefault(IsComparison) is { } name)
        {
            query.Errors.Add(Name, $"\"{name}\": values can be compared for equality only.");
            return false;
        }

        return true;
    }

    private static bool IsComparison(string name) =>
        name.Contains(Separator, StringComparison.Ordinal) && Comparisons.Contains(name.Split(Separator)[^1]);

    private static JsonElement? Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Has(JsonElement attributes, string name, JsonElement value)
    {
        if (attributes.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        if (attributes.TryGetProperty(name, out var found))
        {
            return JsonElement.DeepEquals(found, value);
        }

        var end = name.IndexOf(Separator, StringComparison.Ordinal);
        return end > 0 && attributes.TryGetProperty(name[..end], out var inner) && Has(inner, name[(end + Separator.Length)..], value);
    }
}
