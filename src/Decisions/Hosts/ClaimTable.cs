using System.IO.Hashing;
using System.Numerics;
using System.Text;

namespace Sidecar.Decisions.Hosts;

/// <summary>
/// Who answers which name at which port. A look-up reads one entry, and the name to compare: a dictionary of objects would be a chain of five or more, and with
/// ten thousand applications each of those is a wait for memory.
/// </summary>
internal sealed class ClaimTable
{
    /// <summary>In place of a port: an application in single mode answers one of this host's ports.</summary>
    public const int AnyPortOfSingle = -1;

    /// <summary>In place of a port: the name is a cookie domain.</summary>
    public const int Domain = -2;

    private readonly Entry[] _entries;
    private readonly byte[] _names;

    /// <param name="claims">Names in lower case ASCII. <see cref="HostTable.None"/>: claimed twice.</param>
    public ClaimTable(IReadOnlyDictionary<(string Name, int Port), int> claims)
    {
        // At most half full, so that a search ends soon, and always at an empty entry.
        _entries = new Entry[BitOperations.RoundUpToPowerOf2((uint)(claims.Count * 2) + 2)];
        string[] names = [.. claims.Keys.Select(claim => claim.Name).Distinct(StringComparer.Ordinal)];
        _names = Encoding.ASCII.GetBytes(string.Concat(names));
        var starts = StartsOf(names);
        foreach (var ((name, port), application) in claims)
        {
            var start = starts[name];
            var hash = HashOf(_names.AsSpan(start, name.Length), port);
            var at = FirstOf(hash);
            while (_entries[at].Length > 0)
            {
                at = Next(at);
            }

            _entries[at] = new Entry(hash, start, name.Length, port, application);
        }
    }

    public bool TryFind(ReadOnlySpan<byte> name, int port, out int application)
    {
        var hash = HashOf(name, port);
        for (var at = FirstOf(hash); _entries[at].Length > 0; at = Next(at))
        {
            ref readonly var entry = ref _entries[at];
            if (entry.Hash == hash && entry.Port == port && _names.AsSpan(entry.Start, entry.Length).SequenceEqual(name))
            {
                application = entry.Application;
                return true;
            }
        }

        application = HostTable.None;
        return false;
    }

    // Names come from administrators, so the table cannot be filled against us, and what a stranger asks for adds nothing to it.
    private static ulong HashOf(ReadOnlySpan<byte> name, int port) => XxHash3.HashToUInt64(name, port);

    private static Dictionary<string, int> StartsOf(string[] names)
    {
        var starts = new Dictionary<string, int>(names.Length, StringComparer.Ordinal);
        var start = 0;
        foreach (var name in names)
        {
            starts.Add(name, start);
            start += name.Length;
        }

        return starts;
    }

    private int FirstOf(ulong hash) => (int)(hash & (ulong)(_entries.Length - 1));

    private int Next(int at) => (at + 1) & (_entries.Length - 1);

    private readonly record struct Entry(ulong Hash, int Start, int Length, int Port, int Application);
}
