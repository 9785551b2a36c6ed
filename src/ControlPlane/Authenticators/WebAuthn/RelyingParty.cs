using Fido2NetLib;
using Sidecar.ControlPlane.OpenId.Issuers;

namespace Sidecar.ControlPlane.Authenticators.WebAuthn;

/// <summary>Whom devices sign for: the configured public address, never the host that a request names.</summary>
internal sealed class RelyingParty(PublicAddress address)
{
    // How long a person may look for the device, in milliseconds.
    private const uint Timeout = 300_000;

    /// <summary>Null while nobody has said where browsers find this installation.</summary>
    public async ValueTask<Fido2Configuration?> FindAsync(string name, CancellationToken cancel) => await address.FindAsync(cancel) is { } url
        ? new Fido2Configuration
        {
            RPID = url.Host,
            RPName = name,
            Origins = new HashSet<string> { url.GetLeftPart(UriPartial.Authority) },
            Timeout = Timeout,
        }
        : null;
}
