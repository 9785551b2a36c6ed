using System.Security.Cryptography;
using System.Text;

namespace Sidecar.Outpost.Pages;

/// <summary>Style and policy of the outpost's pages. Nothing is loaded from anywhere: a page shown inside a proxy's check can only bring itself.</summary>
internal static class PageStyle
{
    public const string Css =
        ":root{color-scheme:light dark;--bg:#f4f5f8;--card:#fff;--text:#1c2230;--soft:#5a6376;--line:#dfe3ea;--accent:#3557d6;--on:#fff}" +
        "@media(prefers-color-scheme:dark){:root{--bg:#12151c;--card:#1b202a;--text:#e8ebf2;--soft:#9aa4b8;--line:#2c3340;--accent:#8ea6ff;--on:#10131a}}" +
        "*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:16px;background:var(--bg);color:var(--text);" +
        "font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif}" +
        "main{width:100%;max-width:440px;background:var(--card);border:1px solid var(--line);border-radius:14px;padding:32px 28px;overflow-wrap:anywhere}" +
        "header{display:flex;align-items:center;gap:10px;color:var(--soft);font-weight:600;margin-bottom:22px}header img,header svg{height:28px;width:auto;max-width:160px}" +
        "h1{font-size:1.45rem;line-height:1.25;margin:0 0 8px}p{margin:0 0 14px}.soft{color:var(--soft)}" +
        "a.button{display:block;text-align:center;background:var(--accent);color:var(--on);text-decoration:none;font-weight:600;border-radius:9px;padding:12px 16px;margin:20px 0 4px}" +
        "a.button:focus-visible{outline:3px solid var(--accent);outline-offset:3px}" +
        "details{margin-top:22px;border-top:1px solid var(--line);padding-top:14px;font-size:.875rem;color:var(--soft)}summary{cursor:pointer}" +
        "code{font:.95em ui-monospace,SFMono-Regular,Menlo,monospace}";

    /// <summary>The mark of the control plane's pages (<c>SidecarLogo.razor</c>): people go from one to the other during a sign-in.</summary>
    public const string Logo =
        "<svg viewBox=\"0 0 48 48\" role=\"img\" aria-hidden=\"true\"><defs><linearGradient id=\"mark\" x1=\"0\" y1=\"0\" x2=\"1\" y2=\"1\">" +
        "<stop offset=\"0\" stop-color=\"#5b6cf0\"/><stop offset=\"1\" stop-color=\"#2a359c\"/></linearGradient></defs>" +
        "<rect width=\"48\" height=\"48\" rx=\"12\" fill=\"url(#mark)\"/><circle cx=\"17.5\" cy=\"27\" r=\"9.5\" fill=\"none\" stroke=\"#fff\" stroke-width=\"4\"/>" +
        "<circle cx=\"17.5\" cy=\"27\" r=\"2.5\" fill=\"#fff\"/>" +
        "<path d=\"M26 18.5h8.5a6 6 0 0 1 6 6v1.6\" fill=\"none\" stroke=\"#fff\" stroke-width=\"3.5\" stroke-linecap=\"round\"/>" +
        "<circle cx=\"36.5\" cy=\"32\" r=\"5\" fill=\"#7ff0d0\"/></svg>";

    public static readonly string ContentSecurityPolicy =
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'sha256-"
        + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css))) + "'";
}
