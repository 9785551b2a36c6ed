using System.Collections.Concurrent;
using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.Passwords;

/// <summary>
/// Compares and hashes passwords, a bounded number at a time: each takes 19 MiB and a core, so a flood of guesses would otherwise take all memory.
/// </summary>
internal sealed class PasswordWork(int atOnce, int waiting) : IDisposable
{
    /// <summary>No password is longer; hashing megabytes for a stranger is work that he should not be able to order.</summary>
    public const int MaxLength = 1024;

    private readonly ConcurrentDictionary<Comparison, Lazy<Task<bool?>>> _underWay = new();
    private readonly SemaphoreSlim _slots = new(atOnce);
    private readonly int _capacity = atOnce + waiting;
    private int _inside;

    public PasswordWork()
        : this(atOnce: Environment.ProcessorCount, waiting: 64)
    {
    }

    /// <summary>
    /// Does the same work whether or not there is a hash to compare with: time must not tell which accounts exist. Equal comparisons at the same moment are
    /// done once; equal by the name as it was typed, so that this tells nothing either.
    /// </summary>
    public async Task<PasswordVerdict> CompareAsync(string typedName, string? storedHash, string password, CancellationToken cancel)
    {
        var usable = password.Length is > 0 and <= MaxLength;
        return await ShareAsync(new Comparison(typedName, usable ? storedHash : null, usable ? password : "-"), cancel) switch
        {
            null => PasswordVerdict.Busy,
            true => PasswordVerdict.Right,
            false => PasswordVerdict.Wrong,
        };
    }

    /// <summary>Null: too busy now.</summary>
    public async Task<string?> HashAsync(string password, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(password.Length, MaxLength);
        string? hash = null;
        return await InSlotAsync(() => (hash = PasswordHasher.Hash(password)) is not null, cancel) is null ? null : hash;
    }

    // No caller's cancellation ends it: others may wait for the same answer.
    private async Task<bool?> ShareAsync(Comparison comparison, CancellationToken cancel)
    {
        var own = new Lazy<Task<bool?>>(() => Task.Run(() => InSlotAsync(() => PasswordHasher.Verify(comparison.StoredHash, comparison.Password), CancellationToken.None), CancellationToken.None));
        var work = _underWay.GetOrAdd(comparison, own);
        try
        {
            return await work.Value.WaitAsync(cancel);
        }
        finally
        {
            if (ReferenceEquals(work, own))
            {
                _underWay.TryRemove(KeyValuePair.Create(comparison, own));
            }
        }
    }

    private async Task<bool?> InSlotAsync(Func<bool> work, CancellationToken cancel)
    {
        if (Interlocked.Increment(ref _inside) > _capacity)
        {
            Interlocked.Decrement(ref _inside);
            return null;
        }

        try
        {
            await _slots.WaitAsync(cancel);
            try
            {
                return work();
            }
            finally
            {
                _slots.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    public void Dispose() => _slots.Dispose();

    private readonly record struct Comparison(string TypedName, string? StoredHash, string Password)
    {
        // A record prints its members; a password must not get anywhere by that.
        public override string ToString() => nameof(Comparison);
    }
}
