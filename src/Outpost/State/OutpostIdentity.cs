using System.Security.Cryptography;
using Sidecar.Contracts.Signing;

namespace Sidecar.Outpost.State;

/// <summary>Who this state folder is, and the private half of the key that it signs assertions with.</summary>
internal sealed record OutpostIdentity
{
    public required Guid Instance { get; init; }

    /// <summary>PKCS#8.</summary>
    public required byte[] AssertionKey { get; init; }

    /// <summary>That of the folder; made at the first start.</summary>
    public static OutpostIdentity Obtain(StateFolder state)
    {
        if (state.Read(StateFiles.Identity, StateJson.Default.OutpostIdentity) is { } kept && kept.TryImportKey() is { } readable)
        {
            readable.Dispose();
            return kept;
        }

        using var key = EcKeys.Create();
        var made = new OutpostIdentity { Instance = Guid.NewGuid(), AssertionKey = key.ExportPkcs8PrivateKey() };
        state.Write(StateFiles.Identity, made, StateJson.Default.OutpostIdentity);
        return made;
    }

    public ECDsa? TryImportKey()
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(AssertionKey, out _);
            return key;
        }
        catch (CryptographicException)
        {
            key.Dispose();
            return null;
        }
    }

    public override string ToString() => $"OutpostIdentity {{ Instance = {Instance} }}";
}
