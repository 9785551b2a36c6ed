using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory;

/// <summary>A user's attributes with those of all its groups: groups by name, then the user's own; later ones win.</summary>
internal static class UserAttributes
{
    public static async Task<Dictionary<string, JsonElement>> MergeAsync(ControlPlaneContext context, User user, CancellationToken cancel)
    {
        var ids = await GroupClosure.OfUserAsync(context, user.Id, cancel);
        var groups = await context.Groups.AsNoTracking().Where(group => ids.Contains(group.Id)).Select(group => new { group.Name, group.Attributes }).ToListAsync(cancel);
        var merged = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var attributes in groups.OrderBy(group => group.Name, StringComparer.Ordinal).Select(group => group.Attributes).Append(user.Attributes))
        {
            foreach (var property in attributes.EnumerateObject())
            {
                merged[property.Name] = property.Value;
            }
        }

        return merged;
    }

    /// <summary>Text and numbers of the named attributes. Anything else has no form in a header.</summary>
    public static IReadOnlyDictionary<string, string> Pick(Dictionary<string, JsonElement> attributes, IEnumerable<string> keys)
    {
        var picked = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in keys)
        {
            if (attributes.TryGetValue(key, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                picked[key] = value.ToString();
            }
        }

        return picked;
    }
}
