namespace Sidecar.ControlPlane.Pages;

internal static class PageHeaders
{
    public static void Set(IHeaderDictionary headers, PageBrand brand, bool leavesServer, bool needsScript = false, string? scriptSources = null)
    {
        headers.ContentSecurityPolicy = PolicyFor(brand, leavesServer, needsScript, scriptSources);
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";

        // Not "no-referrer": with it browsers send "Origin: null" with a form.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
    }

    private static string PolicyFor(PageBrand brand, bool leavesServer, bool needsScript, string? scriptSources)
    {
        var styles = brand.Css.Length > 0 ? $"{StyleSheet.SourceOf(StyleSheet.Text)} {StyleSheet.SourceOf(brand.Css)}" : StyleSheet.SourceOf(StyleSheet.Text);

        // Chromium applies form-action to every redirect that follows the form too: a sign-in that ends at an application on another host would be stopped.
        var forms = leavesServer ? "" : "; form-action 'self'";
        var scripts = needsScript ? $"; script-src {StyleSheet.SourceOf(WebAuthnScript.Text)}"

            // What the service shows it shows in frames of its own.
            : scriptSources is { } sources ? $"; script-src {StyleSheet.SourceOf(CaptchaScript.Text)} {sources}; frame-src {sources}; connect-src {sources}"
            : "";
        return $"default-src 'none'{scripts}; style-src {styles}; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'{forms}";
    }
}
