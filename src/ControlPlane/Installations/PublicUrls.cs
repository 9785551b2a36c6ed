namespace Sidecar.ControlPlane.Installations;

/// <summary>Every absolute address that leaves the product is made here, from the configured public address.</summary>
internal static class PublicUrls
{
    /// <summary>OpenID issuer of an application; the address of everything that belongs to it alone.</summary>
    public static string IssuerOf(string publicUrl, string slug) => Under(publicUrl, $"application/o/{slug}/");

    public static string AuthorizationOf(string publicUrl) => Under(publicUrl, "application/o/authorize/");

    public static string EndSessionOf(string publicUrl, string slug) => Under(publicUrl, $"application/o/{slug}/end-session/");

    public static string JwksOf(string publicUrl, string slug) => Under(publicUrl, $"application/o/{slug}/jwks/");

    /// <param name="publicUrl">Of the installation.</param>
    /// <param name="path">Of a page of this server, with query.</param>
    public static string PageOf(string publicUrl, string path) => Under(publicUrl, path.TrimStart('/'));

    public static string WithSlash(string address) => address.Length == 0 || address.EndsWith('/') ? address : address + "/";

    /// <summary>An address that browsers can use, in one form; null when it is none.</summary>
    public static string? Normalize(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" }
            ? WithSlash(uri.GetLeftPart(UriPartial.Path))
            : null;

    // Without a public address there is no address at all: half of one would be taken for a path on the application's host.
    private static string Under(string publicUrl, string path) => publicUrl.Length == 0 ? "" : publicUrl + path;
}
