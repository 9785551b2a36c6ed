using Sidecar.Contracts.Snapshots;
using Sidecar.ControlPlane.Applications;

namespace Sidecar.ControlPlane.Snapshots;

/// <summary>The groups that an outpost needs: those whose names it sends, those that bindings name, and all below either, over which members inherit them.</summary>
internal static class SnapshotGroups
{
    public static IReadOnlyList<GroupRecord> Select(SnapshotSource source, IReadOnlyList<ProxyProvider> providers)
    {
        var needed = Needed(source, providers);
        AddBelow(source, needed);
        return [.. source.Groups.Where(group => needed.Contains(group.Id)).OrderBy(group => group.Id).Select(group => new GroupRecord
        {
            Id = group.Id,
            Name = group.Name,
            Parents = [.. source.ParentsOf[group.Id].Where(needed.Contains).Order()],
        })];
    }

    private static HashSet<Guid> Needed(SnapshotSource source, IReadOnlyList<ProxyProvider> providers)
    {
        if (providers.Any(provider => provider.GroupChoice == GroupChoice.All))
        {
            return [.. source.Groups.Select(group => group.Id)];
        }

        var needed = providers.SelectMany(provider => source.BindingsOf[provider.Application!.Id])
            .Where(binding => binding.GroupId is not null).Select(binding => binding.GroupId!.Value).ToHashSet();
        foreach (var provider in providers.Where(provider => provider.GroupChoice == GroupChoice.Prefix))
        {
            needed.UnionWith(source.Groups.Where(group => group.Name.StartsWith(provider.GroupPrefix, StringComparison.Ordinal)).Select(group => group.Id));
        }

        return needed;
    }

    private static void AddBelow(SnapshotSource source, HashSet<Guid> needed)
    {
        var children = source.ParentsOf.SelectMany(parents => parents.Select(parent => (Parent: parent, Child: parents.Key))).ToLookup(link => link.Parent, link => link.Child);
        var edge = new Queue<Guid>(needed);
        while (edge.TryDequeue(out var group))
        {
            foreach (var child in children[group].Where(needed.Add))
            {
                edge.Enqueue(child);
            }
        }
    }
}
