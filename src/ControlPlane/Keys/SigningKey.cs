using System.Security.Cryptography;
using Sidecar.Contracts.Signing;

namespace Sidecar.ControlPlane.Keys;

/// <summary>An opened key. Kept for the life of the process: never dispose it.</summary>
internal sealed record SigningKey(KeyRecord Record, ECDsa Key, PublicKeyRecord Public)
{
    public string Kid => Record.Kid;

    // A record prints its members; a log line must not.
    public override string ToString() => Kid;
}
