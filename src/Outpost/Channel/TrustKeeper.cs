using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Signing;
using Sidecar.Outpost.State;

namespace Sidecar.Outpost.Channel;

/// <summary>Pins the installation and its snapshot keys at first contact. From then on a new key counts only with the word of a pinned one.</summary>
internal sealed class TrustKeeper(StateFolder state, ILogger<TrustKeeper> logger)
{
    private volatile TrustRecord? _pinned;

    public TrustRecord? Pinned => _pinned;

    public TrustRecord? Restore() => _pinned = state.Read(StateFiles.Trust, StateJson.Default.TrustRecord);

    public TrustOutcome Consider(TrustDocument document)
    {
        var pinned = _pinned;
        if (pinned is not null && pinned.Installation != document.Installation)
        {
            return new TrustOutcome.Refused(
                $"installation {document.Installation} answers, but {pinned.Installation} is pinned. If the control plane was really replaced, delete the outpost's state folder");
        }

        var keys = pinned is null ? FirstKeys(document.SnapshotKeys) : NextKeys(document.SnapshotKeys, pinned.SnapshotKeys);
        if (keys.Count == 0)
        {
            return new TrustOutcome.Refused("none of its snapshot keys is pinned or endorsed by a pinned one");
        }

        var record = new TrustRecord
        {
            Installation = document.Installation,
            Epoch = document.Epoch,
            OutpostId = document.OutpostId,
            OutpostName = document.OutpostName,
            SnapshotKeys = keys,
        };
        Pin(record, pinned);
        return new TrustOutcome.Accepted(record, pinned is null, pinned is not null && pinned.Epoch != document.Epoch);
    }

    public void Forget() => _pinned = null;

    private void Pin(TrustRecord record, TrustRecord? before)
    {
        _pinned = record;
        if (before is null)
        {
            logger.Pinned(record.Installation, record.OutpostName);
        }

        if (before is null || before.Epoch != record.Epoch || before.OutpostName != record.OutpostName || before.OutpostId != record.OutpostId
            || !before.SnapshotKeys.SequenceEqual(record.SnapshotKeys))
        {
            state.Write(StateFiles.Trust, record, StateJson.Default.TrustRecord);
        }
    }

    // At first contact the channel's word is all there is. A list that does not hold together is still refused: keys after the gap are left out.
    private List<PublicKeyRecord> FirstKeys(IReadOnlyList<EndorsedKey> offered) =>
        offered.Count == 0 ? [] : NextKeys(offered, [offered[0].Key]);

    // In the order of the document, each with the word of a trusted one. A pinned key that is no longer offered was retired and goes.
    private List<PublicKeyRecord> NextKeys(IReadOnlyList<EndorsedKey> offered, IReadOnlyList<PublicKeyRecord> pinned)
    {
        var trusted = new List<PublicKeyRecord>();
        foreach (var key in offered)
        {
            if (pinned.Contains(key.Key) || IsEndorsed(key, pinned) || IsEndorsed(key, trusted))
            {
                trusted.Add(key.Key);
            }
            else
            {
                logger.KeyNotEndorsed(key.Key.Kid);
            }
        }

        return trusted;
    }

    private static bool IsEndorsed(EndorsedKey offered, IReadOnlyList<PublicKeyRecord> trusted)
    {
        if (trusted.FirstOrDefault(key => key.Kid == offered.EndorsedBy) is not { } endorser)
        {
            return false;
        }

        using var verifier = EcKeys.TryImport(endorser);
        using var key = EcKeys.TryImport(offered.Key);
        return verifier is not null && key is not null && KeyEndorsement.Verifies(offered, verifier);
    }
}
