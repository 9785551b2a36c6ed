using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sidecar.Contracts;
using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Snapshots;
using Sidecar.Outpost.Hosting;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.State;

namespace Sidecar.Outpost.Signing;

/// <summary>What turns a policy from Git into a snapshot that an outpost accepts. The private key stays with whoever signs; the outpost gets the public half.</summary>
internal static class SigningCommands
{
    /// <summary>Makes a private key at <paramref name="path"/> (PKCS#8 in PEM, mode 0600, never over another) and returns the public half as JSON.</summary>
    /// <exception cref="OutpostStartException">It cannot be written.</exception>
    public static string MakeKey(string path)
    {
        using var key = EcKeys.Create();
        try
        {
            PrivateFile.CreateNew(path, Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
        }
        catch (Exception error) when (PrivateFile.IsFileFault(error))
        {
            throw new OutpostStartException($"{path} cannot be made: {error.Message}");
        }

        return JsonSerializer.Serialize(EcKeys.Publish(key), ContractsJson.Default.PublicKeyRecord);
    }

    /// <summary>The signed document of a policy, its bytes unchanged inside.</summary>
    /// <exception cref="OutpostStartException">The policy or the key is not one.</exception>
    public static byte[] Sign(string policyPath, string keyPath)
    {
        var policy = GivenFile.Read(policyPath);
        PolicyFile.Read(policyPath, policy);
        using var key = ReadKey(keyPath);
        return SignedDocument.Write(Snapshot.DocumentType, Snapshot.FormatVersion, minReader: 1, policy, key);
    }

    private static ECDsa ReadKey(string path)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(Encoding.UTF8.GetString(GivenFile.Read(path)));
            // What cannot sign, or is on another curve, fails here and not at the outpost.
            key.SignData([], HashAlgorithmName.SHA256);
            if (EcKeys.TryImport(EcKeys.Publish(key)) is not null)
            {
                return key;
            }
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            // Told below: which of them it was helps nobody.
        }

        key.Dispose();
        throw new OutpostStartException($"{path} is not a private key that 'snapshot-key' made (P-256, PEM)");
    }
}
