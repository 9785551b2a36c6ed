using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Signing;
using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Server;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Keys;

/// <summary>The installation's signing keys (ES256), opened once and read again now and then, since another replica may have made one.</summary>
internal sealed class KeyRing(Database database, KeyWrap wrap, TimeProvider time)
{
    private const string WrapPurpose = "key/private";

    /// <summary>From the making of a key to its first use. Longer than an outpost that is cut off goes on by itself, so that everybody knows it by then.</summary>
    public static readonly TimeSpan Lead = TimeSpan.FromDays(1);

    private readonly Dictionary<string, ECDsa> _opened = [];
    private SigningKey[] _keys = [];

    /// <summary>Makes the keys that are missing and opens all. A secret key that does not open them stops the start.</summary>
    public async Task PrepareAsync(CancellationToken cancel)
    {
        await using var context = database.Open();
        await using var write = await context.BeginWriteAsync(cancel);
        await ChangeRecorder.LockAsync(context, cancel);
        foreach (var purpose in Enum.GetValues<KeyPurpose>())
        {
            if (!await context.Keys.AnyAsync(key => key.Purpose == purpose, cancel))
            {
                context.Keys.Add(Make(purpose, endorsedBy: null));
            }
        }

        await context.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        try
        {
            await ReloadAsync(cancel);
        }
        catch (CryptographicException error)
        {
            throw new StartRefusedException(error.Message);
        }
    }

    public async Task ReloadAsync(CancellationToken cancel)
    {
        await using var context = database.Open();
        var records = await context.Keys.AsNoTracking().ToListAsync(cancel);
        lock (_opened)
        {
            Volatile.Write(ref _keys, [.. records.OrderBy(record => record.CreatedAt).ThenBy(record => record.Id).Select(Open)]);
        }
    }

    /// <summary>Every key of that purpose that may verify something, oldest first.</summary>
    public IReadOnlyList<SigningKey> All(KeyPurpose purpose)
    {
        var now = time.GetUtcNow();
        return [.. Volatile.Read(ref _keys).Where(key => key.Record.Purpose == purpose && (key.Record.ExpiresAt is null || key.Record.ExpiresAt > now))];
    }

    /// <summary>The key that signs now: the oldest that is not retired, so that a new one is known everywhere before it is used.</summary>
    public SigningKey Current(KeyPurpose purpose)
    {
        var now = time.GetUtcNow();
        return All(purpose).First(key => key.Record.RetiredAt is null || key.Record.RetiredAt > now);
    }

    /// <summary>
    /// Makes the next key, unless the newest was made after <paramref name="ifMadeBefore"/>: then another replica was faster. The key before it goes on signing
    /// for <see cref="Lead"/>, and verifies until <paramref name="lifetime"/> of what it signed is over.
    /// </summary>
    /// <returns>Whether a key was made.</returns>
    public async Task<bool> RotateAsync(KeyPurpose purpose, TimeSpan lifetime, DateTimeOffset ifMadeBefore, CancellationToken cancel)
    {
        var made = await RotateStoredAsync(purpose, lifetime, ifMadeBefore, cancel);
        await ReloadAsync(cancel);
        return made;
    }

    private async Task<bool> RotateStoredAsync(KeyPurpose purpose, TimeSpan lifetime, DateTimeOffset ifMadeBefore, CancellationToken cancel)
    {
        await using var context = database.Open();
        await using var write = await context.BeginWriteAsync(cancel);
        await ChangeRecorder.LockAsync(context, cancel);
        var records = (await context.Keys.Where(key => key.Purpose == purpose).ToListAsync(cancel)).OrderBy(key => key.CreatedAt).ThenBy(key => key.Id).ToList();
        if (records[^1].CreatedAt > ifMadeBefore)
        {
            return false;
        }

        var retires = time.GetUtcNow() + Lead;
        foreach (var record in records.Where(key => key.RetiredAt is null))
        {
            record.RetiredAt = retires;

            // An outpost that was long away must be able to follow the chain of snapshot keys from the one that it pinned.
            record.ExpiresAt = purpose == KeyPurpose.Snapshot ? null : retires + lifetime;
        }

        context.Keys.Add(Make(purpose, purpose == KeyPurpose.Snapshot ? Opened(records[^1]) : null));
        await context.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
        return true;
    }

    private SigningKey Opened(KeyRecord record)
    {
        lock (_opened)
        {
            return Open(record);
        }
    }

    private KeyRecord Make(KeyPurpose purpose, SigningKey? endorsedBy)
    {
        using var key = EcKeys.Create();
        var published = EcKeys.Publish(key);
        return new KeyRecord
        {
            Purpose = purpose,
            Kid = published.Kid,
            PublicKey = key.ExportSubjectPublicKeyInfo(),
            PrivateKeyWrapped = wrap.Wrap(WrapPurpose, key.ExportPkcs8PrivateKey()),
            CreatedAt = time.GetUtcNow(),
            EndorsedBy = endorsedBy?.Kid,
            Endorsement = endorsedBy is null ? null : KeyEndorsement.Endorse(published, endorsedBy.Key).Endorsement,
        };
    }

    private SigningKey Open(KeyRecord record)
    {
        if (!_opened.TryGetValue(record.Kid, out var key))
        {
            key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(wrap.Unwrap(WrapPurpose, record.PrivateKeyWrapped), out _);
            _opened[record.Kid] = key;
        }

        return new SigningKey(record, key, EcKeys.Publish(key));
    }
}
