using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Core;

namespace Sidecar.ControlPlane.OpenId.Clients;

/// <summary>
/// OpenIddict keeps only a slow hash of a client secret. Ours is 128 random characters that the outpost must be given again at any time, so it lies
/// wrapped, and a slow hash would protect nothing.
/// </summary>
internal sealed class OpenIdClientManager(
    IOpenIddictApplicationCache<OpenIdClient> cache, ILogger<OpenIdClientManager> logger, IOptionsMonitor<OpenIddictCoreOptions> options,
    IOpenIddictApplicationStore<OpenIdClient> store)
    : OpenIddictApplicationManager<OpenIdClient>(cache, logger, options, store)
{
    // Both sides are hashed first: the comparison then takes the same time for every length, too.
    protected override ValueTask<bool> ValidateClientSecretAsync(string secret, string comparand, CancellationToken cancellationToken = default) =>
        new(CryptographicOperations.FixedTimeEquals(Digest(secret), Digest(comparand)));

    private static byte[] Digest(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
