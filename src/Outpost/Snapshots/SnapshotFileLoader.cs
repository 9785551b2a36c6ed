using System.Text;
using Sidecar.Contracts;
using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Snapshots;
using Sidecar.Outpost.Channel;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.Contact;
using Sidecar.Outpost.Hosting;
using Sidecar.Outpost.Principals;

namespace Sidecar.Outpost.Snapshots;

/// <summary>A start without a control plane: a signed snapshot and its key from files. Whoever gives the key gives the trust.</summary>
internal sealed class SnapshotFileLoader(SnapshotReceiver receiver, PrincipalTable principals, ContactClock clock, TimeProvider time)
{
    public void Load(SnapshotFiles files)
    {
        var key = GivenFile.Parse(files.Key, GivenFile.Read(files.Key), ContractsJson.Default.PublicKeyRecord);
        var document = GivenFile.Read(files.Snapshot);
        if (SnapshotDocument.TryRead(document, new TrustedKeys([key]).Find, out var snapshot) is var fault && fault != SignedDocumentFault.None)
        {
            throw new OutpostStartException($"{files.Snapshot} is refused: {fault} (checked with the key in {files.Key})");
        }

        receiver.UseTrust(TrustIn(snapshot!, key));
        if (receiver.Accept(document) is SnapshotOutcome.Refused refused)
        {
            throw new OutpostStartException($"{files.Snapshot} is refused: {refused.Why}");
        }

        if (files.Secrets is { } secrets && !receiver.UseSecrets(GivenFile.Parse(secrets, GivenFile.Read(secrets), ContractsJson.Default.SecretsDocument)))
        {
            throw new OutpostStartException($"{secrets} is refused: it holds a provider twice, or a key that is not 32 bytes");
        }

        LoadPrincipals(files.Principals);
        clock.Restore(TimeSpan.Zero, time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    private void LoadPrincipals(string? path)
    {
        if (path is null)
        {
            return;
        }

        foreach (var line in Encoding.UTF8.GetString(GivenFile.Read(path)).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            principals.Apply(GivenFile.Parse(path, Encoding.UTF8.GetBytes(line), ContractsJson.Default.Principal));
        }
    }

    private static TrustRecord TrustIn(Snapshot snapshot, PublicKeyRecord key) => new()
    {
        Installation = snapshot.Installation,
        Epoch = snapshot.Epoch,
        OutpostId = snapshot.Outpost.Id,
        OutpostName = snapshot.Outpost.Name,
        SnapshotKeys = [key],
    };
}
