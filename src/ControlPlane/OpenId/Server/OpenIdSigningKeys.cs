using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using Sidecar.ControlPlane.Keys;

namespace Sidecar.ControlPlane.OpenId.Server;

/// <summary>Gives OpenIddict the installation's OpenID keys: the first signs, all verify and are published.</summary>
internal sealed class OpenIdSigningKeys(KeyRing keys) : IConfigureOptions<OpenIddictServerOptions>
{
    public void Configure(OpenIddictServerOptions options)
    {
        var current = keys.Current(KeyPurpose.OpenId);
        foreach (var key in keys.All(KeyPurpose.OpenId).OrderBy(key => key == current ? 0 : 1))
        {
            options.SigningCredentials.Add(new SigningCredentials(new ECDsaSecurityKey(key.Key) { KeyId = key.Kid }, SecurityAlgorithms.EcdsaSha256));
        }
    }
}
