using System.Buffers;
using Sidecar.Contracts.Snapshots;

namespace Sidecar.Decisions.Groups;

/// <summary>The value of <c>X-authentik-groups</c>: names joined by <c>|</c>, in ordinal order so that equal sets give equal text.</summary>
internal static class GroupNames
{
    // Joined into one header, a name with one of these would forge another group or another header, or no header could hold it. Refused at save; never sent if it got here.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        ['|', '\x7F', .. Enumerable.Range(0, ' ').Select(control => (char)control)]);

    public static string Join(CompiledApplication application, PrincipalFacts facts)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var index in facts.Groups.Indexes)
        {
            var name = facts.Snapshot.Groups.NameOf(index);
            if (IsChosen(application, index, name) && !name.AsSpan().ContainsAny(Forbidden))
            {
                names.Add(name);
            }
        }

        return string.Join('|', names);
    }

    private static bool IsChosen(CompiledApplication application, int index, string name) => application.Provider.GroupChoice switch
    {
        GroupChoice.All => true,
        GroupChoice.Bound => application.Bindings.Names(index),
        GroupChoice.Prefix => name.StartsWith(application.Provider.GroupPrefix, StringComparison.Ordinal),
        _ => false,
    };
}
