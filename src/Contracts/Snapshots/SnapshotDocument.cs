using System.Security.Cryptography;
using System.Text.Json;
using Sidecar.Contracts.Signing;

namespace Sidecar.Contracts.Snapshots;

/// <summary>A snapshot in its signed form: what is stored, sent and kept in Git.</summary>
public static class SnapshotDocument
{
    public static byte[] Write(Snapshot snapshot, ECDsa key) =>
        SignedDocument.Write(
            Snapshot.DocumentType, Snapshot.FormatVersion, minReader: 1, JsonSerializer.SerializeToUtf8Bytes(snapshot, ContractsJson.Default.Snapshot), key);

    /// <summary>The snapshot, only if checksum, type, version and signature pass and the payload is complete.</summary>
    public static SignedDocumentFault TryRead(ReadOnlyMemory<byte> document, Func<string, ECDsa?> findKey, out Snapshot? snapshot)
    {
        snapshot = null;
        var fault = SignedDocument.Verify(document, Snapshot.DocumentType, Snapshot.FormatVersion, findKey, out var payload);
        if (fault != SignedDocumentFault.None)
        {
            return fault;
        }

        try
        {
            snapshot = JsonSerializer.Deserialize(payload.Span, ContractsJson.Default.Snapshot);
        }
        catch (JsonException)
        {
            return SignedDocumentFault.Malformed;
        }

        return snapshot is null ? SignedDocumentFault.Malformed : SignedDocumentFault.None;
    }
}
