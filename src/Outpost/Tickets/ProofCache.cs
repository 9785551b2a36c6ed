using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Sidecar.Outpost.Tickets;

/// <summary>
/// Remembers what was checked once. Readers never wait: one volatile read of the table, one bucket. Only accepted proofs enter, so that a flood of junk
/// pushes nothing out. It starts small and grows to its bound; at the bound an expired or long unused entry of the same bucket gives way.
/// </summary>
internal sealed class ProofCache<T>(int maxEntries)
    where T : Proof
{
    private const int Ways = 8;
    private const int FirstBuckets = 128;

    private readonly Lock _writing = new();

    // Seeded, so that nobody outside can build a set of texts that land in one bucket.
    private readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
    private readonly int _maxSlots = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(maxEntries, FirstBuckets) * 4);

    private T?[] _table = new T?[FirstBuckets * Ways];

    public int Count { get; private set; }

    /// <summary>The proof of exactly these bytes for exactly this provider, or null. It may have expired or ended: the caller asks.</summary>
    public T? Find(ReadOnlySpan<char> text, string clientId)
    {
        var hash = HashOf(text);
        var table = Volatile.Read(ref _table);
        var start = BucketOf(hash, table);
        for (var i = start; i < start + Ways; i++)
        {
            var entry = Volatile.Read(ref table[i]);
            if (entry is not null && entry.Hash == hash && entry.ClientId == clientId && Ascii.Equals(entry.Text, text))
            {
                if (!entry.Touched)
                {
                    entry.Touched = true;
                }

                return entry;
            }
        }

        return null;
    }

    public void Add(T proof, ReadOnlySpan<char> text, long now)
    {
        proof.Hash = HashOf(text);
        proof.Touched = true;
        lock (_writing)
        {
            while (true)
            {
                var slot = FindSlot(_table, proof, now);
                if (slot >= 0 && (Count < maxEntries || _table[slot] is not null))
                {
                    Count += _table[slot] is null ? 1 : 0;
                    Volatile.Write(ref _table[slot], proof);
                    return;
                }

                if (slot < 0 && _table.Length < _maxSlots)
                {
                    Grow();
                    continue;
                }

                // A full bucket gives up one of its own; a full cache gives up the next one that is found.
                Evict(BucketOf(proof.Hash, _table), slot < 0 ? Ways : _table.Length);
            }
        }
    }

    private static int BucketOf(ulong hash, T?[] table) => (int)(hash & (ulong)((table.Length / Ways) - 1)) * Ways;

    private ulong HashOf(ReadOnlySpan<char> text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text), _seed);

    /// <summary>The slot of an equal, an expired or no entry in the proof's bucket; -1 when the bucket is full.</summary>
    private static int FindSlot(T?[] table, T proof, long now)
    {
        var start = BucketOf(proof.Hash, table);
        var free = -1;
        for (var i = start; i < start + Ways; i++)
        {
            var entry = table[i];
            if (entry is not null && entry.Hash == proof.Hash && entry.ClientId == proof.ClientId && entry.Text.AsSpan().SequenceEqual(proof.Text))
            {
                return i;
            }

            if (free < 0 && (entry is null || entry.ExpiresAt <= now))
            {
                free = i;
            }
        }

        return free;
    }

    private void Grow()
    {
        var bigger = new T?[_table.Length * 2];
        foreach (var entry in _table)
        {
            if (entry is not null)
            {
                // A bucket of the old table splits in two, so there is always room.
                var slot = BucketOf(entry.Hash, bigger);
                while (bigger[slot] is not null)
                {
                    slot++;
                }

                bigger[slot] = entry;
            }
        }

        Volatile.Write(ref _table, bigger);
    }

    /// <summary>Second chance: the first entry of the range that nobody used since it was last passed over goes.</summary>
    private void Evict(int start, int length)
    {
        // After one round no entry is marked any more, so the second one finds its victim.
        for (var step = 0; step < length * 2; step++)
        {
            var slot = start + (step % length);
            if (_table[slot % _table.Length] is not { } entry)
            {
                continue;
            }

            if (!entry.Touched)
            {
                Volatile.Write(ref _table[slot % _table.Length], null);
                Count--;
                return;
            }

            entry.Touched = false;
        }
    }
}
