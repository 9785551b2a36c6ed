using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts;
using Sidecar.Contracts.Snapshots;
using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Snapshots;

/// <summary>Gives a snapshot its revision, signs it and keeps it.</summary>
internal sealed class SnapshotStore(Database database, KeyRing keys)
{
    /// <summary>Enough to compare and to go back to; old ones beyond it are deleted.</summary>
    private const int Kept = 50;

    /// <summary>The new revision; null when what stands is equal, or was built from a newer state by another replica.</summary>
    public async Task<long?> StoreAsync(Snapshot built, CancellationToken cancel)
    {
        await using var context = database.Open();
        var hash = ContentHash(built);
        if (await LatestAsync(context, built.Outpost.Id, cancel) is { } standing && IsSame(standing, built, hash))
        {
            return null;
        }

        await using var write = await context.BeginWriteAsync(cancel);
        await ChangeRecorder.LockAsync(context, cancel);
        var latest = await LatestAsync(context, built.Outpost.Id, cancel);
        if (latest is not null && (IsSame(latest, built, hash) || (latest.Epoch == built.Epoch && latest.ChangeNumber > built.ChangeNumber)))
        {
            return null;
        }

        // Revisions go on over epochs: nothing that was ever called revision 8 is called so again.
        var revision = (latest?.Revision ?? 0) + 1;
        context.Snapshots.Add(Sign(built with { Revision = revision }, hash));
        await context.SaveChangesAsync(cancel);
        await context.Snapshots.Where(row => row.OutpostId == built.Outpost.Id && row.Revision <= revision - Kept).ExecuteDeleteAsync(cancel);
        await write.CommitAsync(cancel);
        return revision;
    }

    /// <summary>The one that stands: the newest of the epoch that stands.</summary>
    public static Task<StoredSnapshot?> StandingAsync(ControlPlaneContext context, Guid outpost, string epoch, CancellationToken cancel) =>
        context.Snapshots.AsNoTracking().Where(row => row.OutpostId == outpost && row.Epoch == epoch)
            .OrderByDescending(row => row.Revision).FirstOrDefaultAsync(cancel);

    private static Task<Latest?> LatestAsync(ControlPlaneContext context, Guid outpost, CancellationToken cancel) =>
        context.Snapshots.AsNoTracking().Where(row => row.OutpostId == outpost).OrderByDescending(row => row.Revision)
            .Select(row => new Latest(row.Epoch, row.Revision, row.ChangeNumber, row.ContentHash)).FirstOrDefaultAsync(cancel);

    private static bool IsSame(Latest latest, Snapshot built, byte[] hash) => latest.Epoch == built.Epoch && latest.Hash.AsSpan().SequenceEqual(hash);

    private StoredSnapshot Sign(Snapshot snapshot, byte[] hash) => new()
    {
        OutpostId = snapshot.Outpost.Id,
        Epoch = snapshot.Epoch,
        Revision = snapshot.Revision,
        ChangeNumber = snapshot.ChangeNumber,
        BuiltAt = DateTimeOffset.FromUnixTimeSeconds(snapshot.BuiltAt),
        ContentHash = hash,
        Document = SnapshotDocument.Write(snapshot, keys.Current(KeyPurpose.Snapshot).Key),
    };

    private static byte[] ContentHash(Snapshot snapshot) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        snapshot with { Revision = 0, ChangeNumber = 0, BuiltAt = 0 }, ContractsJson.Default.Snapshot));

    private sealed record Latest(string Epoch, long Revision, long ChangeNumber, byte[] Hash);
}
