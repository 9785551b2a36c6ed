using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Snapshots;
using Sidecar.Decisions;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.Secrets;

namespace Sidecar.Outpost.Snapshots;

/// <summary>
/// Verifies what arrives, compiles it off the request path and swaps the one reference that requests read. What is refused is counted, logged and
/// reported, and the last good one stays.
/// </summary>
internal sealed class SnapshotReceiver(ServingHolder holder, OutpostOptions options, ILogger<SnapshotReceiver> logger)
{
    private readonly Lock _writing = new();
    private TrustRecord? _trust;
    private SecretsTable _secrets = SecretsTable.Empty;
    private long _refusals;

    public long Refusals => Volatile.Read(ref _refusals);

    /// <summary>Why the last one was refused; null once one was accepted.</summary>
    public string? LastRefusal { get; private set; }

    /// <summary>Keys and epoch that hold from now on.</summary>
    public void UseTrust(TrustRecord trust)
    {
        lock (_writing)
        {
            _trust = trust;
            if (holder.Current is { } current)
            {
                holder.Swap(current with { Trust = trust });
            }
        }
    }

    /// <param name="document">The signed document.</param>
    /// <param name="floor">An older revision of the same epoch is refused, even as the first one.</param>
    public SnapshotOutcome Accept(ReadOnlyMemory<byte> document, long floor = 0)
    {
        lock (_writing)
        {
            var outcome = _trust is { } trust ? Verify(document, trust, floor) : new SnapshotOutcome.Refused("there is no trust to verify it with");
            if (outcome is SnapshotOutcome.Refused refused)
            {
                Interlocked.Increment(ref _refusals);
                LastRefusal = refused.Why;
                logger.Refused(refused.Why);
            }
            else
            {
                LastRefusal = null;
            }

            return outcome;
        }
    }

    /// <summary>False when they are refused.</summary>
    public bool UseSecrets(SecretsDocument document)
    {
        if (SecretsTable.TryDecode(document) is not { } table)
        {
            logger.SecretsRefused();
            return false;
        }

        lock (_writing)
        {
            // After a goodbye an answer that was under way brings nothing back.
            if (_trust is null)
            {
                return false;
            }

            _secrets = table;
            if (holder.Current is { } current)
            {
                holder.Swap(current with { Secrets = table });
            }
        }

        return true;
    }

    /// <summary>Stops serving at once.</summary>
    public void Clear()
    {
        lock (_writing)
        {
            _trust = null;
            _secrets = SecretsTable.Empty;
            LastRefusal = null;
            holder.Swap(null);
        }
    }

    private SnapshotOutcome Verify(ReadOnlyMemory<byte> document, TrustRecord trust, long floor)
    {
        var fault = SnapshotDocument.TryRead(document, new TrustedKeys(trust.SnapshotKeys).Find, out var snapshot);
        if (fault != SignedDocumentFault.None)
        {
            return new SnapshotOutcome.Refused(TextOf(fault), fault == SignedDocumentFault.UnknownKey);
        }

        return ProblemOf(snapshot!, trust, floor) is { } problem ? new SnapshotOutcome.Refused(problem)
            : IsCurrent(snapshot!) ? new SnapshotOutcome.Same()
            : Compile(snapshot!, trust);
    }

    private string? ProblemOf(Snapshot snapshot, TrustRecord trust, long floor)
    {
        if (snapshot.Installation != trust.Installation)
        {
            return "it is of another installation";
        }

        if (snapshot.Outpost.Id != trust.OutpostId)
        {
            return "it is for another outpost";
        }

        if (snapshot.Epoch != trust.Epoch)
        {
            return $"its epoch {snapshot.Epoch} is not the one that stands";
        }

        var standing = holder.Current?.Compiled.Source;
        var least = standing?.Epoch == snapshot.Epoch ? Math.Max(standing.Revision, floor) : floor;
        return snapshot.Revision < least ? $"its revision {snapshot.Revision} is older than {least}" : null;
    }

    private bool IsCurrent(Snapshot snapshot) =>
        holder.Current?.Compiled.Source is { } standing && standing.Epoch == snapshot.Epoch && standing.Revision == snapshot.Revision;

    private SnapshotOutcome Compile(Snapshot snapshot, TrustRecord trust)
    {
        if (CompiledSnapshot.TryCompile(BrowserAddresses.Replace(snapshot, options.HostBrowser), out var problem) is not { } compiled)
        {
            return new SnapshotOutcome.Refused(problem ?? "it cannot be compiled");
        }

        foreach (var each in compiled.Problems)
        {
            logger.Problem(snapshot.Revision, each);
        }

        holder.Swap(new Serving(compiled, trust, _secrets));
        logger.InForce(snapshot.Revision, snapshot.Epoch, compiled.Applications.Count);
        return new SnapshotOutcome.Accepted(snapshot.Revision);
    }

    private static string TextOf(SignedDocumentFault fault) => fault switch
    {
        SignedDocumentFault.Checksum => "its checksum is wrong: it is damaged",
        SignedDocumentFault.WrongType => "it is no snapshot",
        SignedDocumentFault.Version => "its format is newer than this outpost understands; update the outpost",
        SignedDocumentFault.UnknownKey => "the key that signed it is not trusted",
        SignedDocumentFault.Signature => "its signature is wrong: somebody forged it",
        _ => "it cannot be read",
    };
}
