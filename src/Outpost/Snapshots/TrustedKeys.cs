using System.Security.Cryptography;
using Sidecar.Contracts.Signing;

namespace Sidecar.Outpost.Snapshots;

/// <summary>The pinned keys, ready to verify with.</summary>
internal sealed class TrustedKeys(IReadOnlyList<PublicKeyRecord> records)
{
    public ECDsa? Find(string kid) => records.FirstOrDefault(record => record.Kid == kid) is { } record ? EcKeys.TryImport(record) : null;
}
