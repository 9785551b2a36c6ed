using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.OpenId.Issuers;

/// <summary>The configured public address, read once a request.</summary>
internal sealed class PublicAddress(ControlPlaneContext database)
{
    private string? _url;

    /// <summary>Null while nobody has said where browsers find this installation.</summary>
    public async ValueTask<Uri?> FindAsync(CancellationToken cancel)
    {
        _url ??= (await InstallationView.ReadAsync(database, cancel)).PublicUrl;
        return Uri.TryCreate(_url, UriKind.Absolute, out var address) ? address : null;
    }

    /// <summary>The issuer identifier of an application (OpenID Connect Discovery 1.0 section 3), the one that outposts have in their snapshot.</summary>
    public async ValueTask<Uri?> FindIssuerAsync(string slug, CancellationToken cancel) =>
        await FindAsync(cancel) is { } address ? new Uri(PublicUrls.IssuerOf(address.AbsoluteUri, slug)) : null;
}
