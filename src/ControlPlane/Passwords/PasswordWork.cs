using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.Passwords;

/// <summary>
/// Compares and hashes passwords, a bounded number at a time: each takes 19 MiB and a core, so a flood of guesses would otherwise take all memory.
/// </summary>
internal sealed class PasswordWork(int atOnce, int waiting) : IDisposable
{
    /// <summary>No password is longer; hashing megabytes for a stranger is work that he should not be able to order.</summary>
    public const int MaxLength = 1024;

    private readonly SemaphoreSlim _slots = new(atOnce);
    private readonly int _capacity = atOnce + waiting;
    private int _inside;

    public PasswordWork()
        : this(atOnce: Environment.ProcessorCount, waiting: 64)
    {
    }

    /// <summary>Does the same work whether or not there is a hash to compare with: time must not tell which accounts exist.</summary>
    public async Task<PasswordVerdict> CompareAsync(string? storedHash, string password, CancellationToken cancel)
    {
        var usable = password.Length is > 0 and <= MaxLength;
        var right = await InSlotAsync(() => PasswordHasher.Verify(usable ? storedHash : null, usable ? password : "-"), cancel);
        return right switch
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
}
