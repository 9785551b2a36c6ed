namespace Sidecar.ControlPlane.Pages;

internal static class PageHeaders
{
    public static void Set(IHeaderDictionary headers, PageBrand brand, bool leavesServer)
    {
        headers.ContentSecurityPolicy = PolicyFor(brand, leavesServer);
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";

        // Not "no-referrer": with it browsers send "Origin: null" with a form.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
    }

    private static string PolicyFor(PageBrand brand, bool leavesServer)
    {
        var styles = brand.Css.Length > 0 ? $"{StyleSheet.SourceOf(StyleSheet.Text)} {StyleSheet.SourceOf(brand.Css)}" : StyleSheet.SourceOf(StyleSheet.Text);

        // Chromium applies form-action to every redirect that follows the form too: a sign-in that ends at an application on another host would be stopped.
        var forms = leavesServer ? "" : "; form-action 'self'";
        return $"default-src 'none'; style-src {styles}; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'{forms}";
    }
}
