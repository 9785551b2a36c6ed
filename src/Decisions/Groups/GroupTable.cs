using Sidecar.Contracts.Snapshots;

namespace Sidecar.Decisions.Groups;

/// <summary>The snapshot's groups by number, each with the numbers of its parents.</summary>
internal sealed class GroupTable
{
    private readonly Dictionary<Guid, int> _indexes;
    private readonly string[] _names;
    private readonly int[][] _parents;

    private GroupTable(IReadOnlyList<GroupRecord> groups, Dictionary<Guid, int> indexes)
    {
        _indexes = indexes;
        _names = new string[groups.Count];
        _parents = new int[groups.Count][];
        for (var i = 0; i < groups.Count; i++)
        {
            _names[i] = groups[i].Name;
            _parents[i] = Known(groups[i].Parents);
        }
    }

    /// <summary>Null when two groups have one id: nobody could say which parents hold.</summary>
    public static GroupTable? TryBuild(IReadOnlyList<GroupRecord> groups)
    {
        var indexes = new Dictionary<Guid, int>(groups.Count);
        for (var i = 0; i < groups.Count; i++)
        {
            if (!indexes.TryAdd(groups[i].Id, i))
            {
                return null;
            }
        }

        return new GroupTable(groups, indexes);
    }

    public string NameOf(int index) => _names[index];

    public bool TryIndexOf(Guid id, out int index) => _indexes.TryGetValue(id, out index);

    /// <summary>
    /// The groups and all that lie above them. Each group is visited once, so cycles end, and no depth is too deep. A group that the snapshot does not
    /// hold adds nothing.
    /// </summary>
    public GroupSet ClosureOf(IReadOnlyList<Guid> direct)
    {
        var seen = new HashSet<int>(Known(direct));
        var waiting = new Stack<int>(seen);
        while (waiting.TryPop(out var group))
        {
            foreach (var parent in _parents[group])
            {
                if (seen.Add(parent))
                {
                    waiting.Push(parent);
                }
            }
        }

        var sorted = seen.ToArray();
        Array.Sort(sorted);
        return new GroupSet(sorted);
    }

    /// <summary>Names from one of the direct groups up to the one asked for, by a shortest way; empty when there is none. For explanations.</summary>
    public IReadOnlyList<string> ChainTo(Guid id, IReadOnlyList<Guid> direct)
    {
        if (!_indexes.TryGetValue(id, out var target))
        {
            return [];
        }

        var cameFrom = Known(direct).Distinct().ToDictionary(group => group, _ => -1);
        var waiting = new Queue<int>(cameFrom.Keys);
        while (waiting.TryDequeue(out var group) && !cameFrom.ContainsKey(target))
        {
            foreach (var parent in _parents[group])
            {
                if (cameFrom.TryAdd(parent, group))
                {
                    waiting.Enqueue(parent);
                }
            }
        }

        return NamesBack(target, cameFrom);
    }

    private List<string> NamesBack(int target, Dictionary<int, int> cameFrom)
    {
        var names = new List<string>();
        for (var at = target; cameFrom.TryGetValue(at, out var before); at = before)
        {
            names.Insert(0, _names[at]);
        }

        return names;
    }

    private int[] Known(IReadOnlyList<Guid> ids)
    {
        var known = new List<int>(ids.Count);
        foreach (var id in ids)
        {
            if (_indexes.TryGetValue(id, out var index))
            {
                known.Add(index);
            }
        }

        return [.. known];
    }
}
