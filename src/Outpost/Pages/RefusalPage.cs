using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Sidecar.Contracts.Snapshots;
using Sidecar.Decisions;
using Sidecar.Outpost.ForwardAuth;

namespace Sidecar.Outpost.Pages;

/// <summary>The one page of the outpost: self-contained HTML without script. Whatever comes from outside is encoded.</summary>
internal static class RefusalPage
{
    // An answer to a proxy's check stays small: some proxies read it whole and refuse above a limit.
    private const int MaxLogo = 8 * 1024;

    public static string Render(Refusal refusal, BrandRecord? brand)
    {
        var (title, message) = PageText.Of(refusal.Reason);
        var page = new StringBuilder(4096);
        page.Append("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
            .Append("<meta name=\"robots\" content=\"noindex\"><title>").Append(Encode(title)).Append("</title><style>").Append(PageStyle.Css)
            .Append("</style></head><body><main><header>").Append(Logo(brand)).Append("<span>").Append(Encode(BrandTitle(brand))).Append("</span></header><h1>")
            .Append(Encode(title)).Append("</h1><p>").Append(Encode(message)).Append("</p>");
        AppendApplication(page, refusal);
        AppendAction(page, refusal);
        AppendHelp(page, refusal);
        return page.Append("</main></body></html>").ToString();
    }

    private static void AppendApplication(StringBuilder page, Refusal refusal)
    {
        if (refusal.Application is { Length: > 0 } application)
        {
            page.Append("<p class=\"soft\">Application: ").Append(Encode(application)).Append("</p>");
        }
    }

    private static void AppendAction(StringBuilder page, Refusal refusal)
    {
        if (refusal is { ActionUrl: { Length: > 0 } url, ActionText: { } text })
        {
            page.Append(CultureInfo.InvariantCulture, $"<a class=\"button\" href=\"{Encode(url)}\">{Encode(text)}</a>");
        }
    }

    private static void AppendHelp(StringBuilder page, Refusal refusal)
    {
        page.Append("<details><summary>For administrators</summary><p>").Append(Encode(Reasons.HelpOf(refusal.Reason))).Append("</p>");
        if (refusal.Detail is { Length: > 0 } detail)
        {
            page.Append("<p>").Append(Encode(detail)).Append("</p>");
        }

        page.Append("<p>Reason: <code>").Append(Reasons.IdOf(refusal.Reason)).Append("</code></p></details>");
    }

    private static string Logo(BrandRecord? brand) =>
        brand is { Logo: { Length: > 0 and <= MaxLogo } logo } && logo.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase)
            ? $"<img src=\"{Encode(logo)}\" alt=\"\">"
            : PageStyle.Logo;

    private static string BrandTitle(BrandRecord? brand) => brand is { Title.Length: > 0 and <= 200 } ? brand.Title : "Sidecar";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text.Length <= MaxLogo ? text : text[..MaxLogo]);
}
