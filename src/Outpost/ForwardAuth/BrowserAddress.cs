namespace Sidecar.Outpost.ForwardAuth;

/// <summary>Addresses of the control plane for browsers: the snapshot's, or below <c>AUTHENTIK_HOST_BROWSER</c> when that is set. Never from a request.</summary>
internal static class BrowserAddress
{
    public static string Of(string url, Uri? hostBrowser)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || (parsed.Scheme != Uri.UriSchemeHttp && parsed.Scheme != Uri.UriSchemeHttps))
        {
            return "";
        }

        return hostBrowser is null ? url : hostBrowser.GetLeftPart(UriPartial.Authority) + parsed.PathAndQuery;
    }
}
