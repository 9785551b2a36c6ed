using System.Security.Cryptography;
using Sidecar.Contracts.Signing;

namespace Sidecar.ControlPlane.Keys;

/// <summary>Stored public keys in their published form.</summary>
internal static class PublicKeys
{
    public static PublicKeyRecord Publish(byte[] subjectPublicKeyInfo)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
        return EcKeys.Publish(key);
    }
}
