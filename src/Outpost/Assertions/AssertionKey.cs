using System.Security.Cryptography;
using Sidecar.Contracts.Signing;

namespace Sidecar.Outpost.Assertions;

/// <summary>The key pair that this outpost signs <c>X-authentik-jwt</c> with. It never verifies a ticket or an ID token.</summary>
internal sealed class AssertionKey(ECDsa key)
{
    public ECDsa Key { get; } = key;

    public PublicKeyRecord Public { get; } = EcKeys.Publish(key);

    public string Kid => Public.Kid;
}
