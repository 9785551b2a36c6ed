using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sidecar.Outpost.ForwardAuth;

namespace Sidecar.Outpost.Tickets;

/// <summary>
/// Remembers what was checked once. Readers never wait: one volatile read of the table, one bucket. Only accepted proofs enter, so that a flood of junk
/// pushes nothing out. It starts small and grows to its bound; at the bound an expired or long unused entry of the same bucket gives way.
/// </summary>
/// <param name="maxEntries">The bound.</param>
/// <param name="hashed">
/// How many characters at a text's end the hash is made of: it only finds an entry, and all bytes are compared. A ticket ends in its signature, in which any two
/// differ and which nobody but the control plane can make.
/// </param>
internal sealed class ProofCache<T>(int maxEntries, int hashed = int.MaxValue)
    where T : Proof
{
    private const int Ways = 8;
    private const int FirstBuckets = 128;

    private readonly Lock _writing = new();

    // Seeded, so that nobody outside can build a set of texts that land in one bucket.
    private readonly long _seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
    private readonly int _maxSlots = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(maxEntries, FirstBuckets) * 4);

    private Slot[] _table = new Slot[FirstBuckets * Ways];

    public int Count { get; private set; }

    /// <summary>The proof of exactly these bytes for exactly this provider, or null. It may have expired or ended: the caller asks.</summary>
    public T? Find(ReadOnlySpan<char> text, string clientId) => Find(HashOf(text), text, clientId);

    /// <summary>The text's hash; its bucket is on its way from memory from now on.</summary>
    public ulong Announce(ReadOnlySpan<char> text)
    {
        var hash = HashOf(text);
        var table = Volatile.Read(ref _table);
        Prefetch.Line(ref table[BucketOf(hash, table)]);
        return hash;
    }

    /// <summary>Of a text that was announced and whose bucket should have come: its proof, if it has one, is on its way from now on.</summary>
    public void Approach(ulong hash)
    {
        var table = Volatile.Read(ref _table);
        foreach (ref var slot in table.AsSpan(BucketOf(hash, table), Ways))
        {
            if (slot.Hash == hash)
            {
                Prefetch.Object(Volatile.Read(ref slot.Proof), Proof.Lines);
                return;
            }
        }
    }

    /// <summary>As the other, of a text that was announced.</summary>
    public T? Find(ulong hash, ReadOnlySpan<char> text, string clientId)
    {
        var table = Volatile.Read(ref _table);
        foreach (ref var slot in table.AsSpan(BucketOf(hash, table), Ways))
        {
            // A slot that is just being written may pair a hash with another's proof. The bytes decide.
            if (slot.Hash == hash && Volatile.Read(ref slot.Proof) is { } proof && proof.ClientId == clientId && proof.IsOf(text))
            {
                if (!proof.Touched)
                {
                    proof.Touched = true;
                }

                return proof;
            }
        }

        return null;
    }

    public void Add(T proof, ReadOnlySpan<char> text, long now)
    {
        var hash = HashOf(text);
        proof.Touched = true;
        lock (_writing)
        {
            while (true)
            {
                var slot = FindSlot(_table, hash, proof, now);
                if (slot >= 0 && (Count < maxEntries || _table[slot].Proof is not null))
                {
                    Count += _table[slot].Proof is null ? 1 : 0;
                    _table[slot].Hash = hash;
                    Volatile.Write(ref _table[slot].Proof, proof);
                    return;
                }

                if (slot < 0 && _table.Length < _maxSlots)
                {
                    Grow();
                    continue;
                }

                // A full bucket gives up one of its own; a full cache gives up the next one that is found.
                Evict(BucketOf(hash, _table), slot < 0 ? Ways : _table.Length);
            }
        }
    }

    /// <summary>
    /// Lets go of answers that nothing will be answered with any more. A reader that makes the next one at this moment may lose it, and makes it again.
    /// </summary>
    public void ForgetAnswers(Func<IdentityAnswer, bool> isOver)
    {
        foreach (ref var slot in Volatile.Read(ref _table).AsSpan())
        {
            if (Volatile.Read(ref slot.Proof) is { Answer: { } answer } proof && isOver(answer))
            {
                proof.Answer = null;
            }
        }
    }

    private static int BucketOf(ulong hash, Slot[] table) => (int)(hash & (ulong)((table.Length / Ways) - 1)) * Ways;

    private ulong HashOf(ReadOnlySpan<char> text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text[^Math.Min(text.Length, hashed)..]), _seed);

    /// <summary>The slot of an equal, an expired or no entry in the proof's bucket; -1 when the bucket is full.</summary>
    private static int FindSlot(Slot[] table, ulong hash, T proof, long now)
    {
        var start = BucketOf(hash, table);
        var free = -1;
        for (var i = start; i < start + Ways; i++)
        {
            var entry = table[i].Proof;
            if (entry is not null && table[i].Hash == hash && entry.ClientId == proof.ClientId && entry.Text.AsSpan().SequenceEqual(proof.Text))
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
        var bigger = new Slot[_table.Length * 2];
        foreach (var entry in _table)
        {
            if (entry.Proof is not null)
            {
                // A bucket of the old table splits in two, so there is always room.
                var slot = BucketOf(entry.Hash, bigger);
                while (bigger[slot].Proof is not null)
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
            var slot = (start + (step % length)) % _table.Length;
            if (_table[slot].Proof is not { } entry)
            {
                continue;
            }

            if (!entry.Touched)
            {
                Volatile.Write(ref _table[slot].Proof, null);
                Count--;
                return;
            }

            entry.Touched = false;
        }
    }

    /// <summary>The hash lies beside the proof, so that looking through a bucket follows no reference that leads nowhere.</summary>
    private struct Slot
    {
        public ulong Hash;
        public T? Proof;
    }
}
