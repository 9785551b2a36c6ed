using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Sidecar.Contracts.Signing;

/// <summary>How one snapshot key vouches for the next: without it, whoever can answer once could replace the key.</summary>
public static class KeyEndorsement
{
    /// <summary>What is signed. The prefix keeps the signature from passing for that of a snapshot.</summary>
    public static byte[] Message(PublicKeyRecord key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Encoding.UTF8.GetBytes($"sidecar-snapshot-key\n{key.Kid}\n{key.X}\n{key.Y}");
    }

    public static EndorsedKey Endorse(PublicKeyRecord next, ECDsa current)
    {
        ArgumentNullException.ThrowIfNull(current);
        return new EndorsedKey
        {
            Key = next,
            EndorsedBy = EcKeys.Publish(current).Kid,
            Endorsement = Base64Url.EncodeToString(current.SignData(Message(next), HashAlgorithmName.SHA256)),
        };
    }

    public static bool Verifies(EndorsedKey endorsed, ECDsa by)
    {
        ArgumentNullException.ThrowIfNull(endorsed);
        ArgumentNullException.ThrowIfNull(by);
        return endorsed.Endorsement is { } text
            && Base64Url.IsValid(text)
            && by.VerifyData(Message(endorsed.Key), Base64Url.DecodeFromChars(text), HashAlgorithmName.SHA256);
    }
}
