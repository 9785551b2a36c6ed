using System.Net;
using System.Text;

namespace Sidecar.Demo.SampleService;

/// <summary>The page: who you are to this service first, the rest below. No script; light and dark by the browser's wish.</summary>
internal static class HeadersPage
{
    private const string Style = """
        :root { color-scheme: light dark; --ink: #1c2430; --soft: #5a6675; --line: #d9dfe7; --ground: #f5f7fa; --card: #fff; --mark: #0b6b58; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8edf3; --soft: #9aa7b6; --line: #2c3745; --ground: #10151c; --card: #18202a; --mark: #5ad1b5; } }
        * { box-sizing: border-box; }
        body { margin: 0; padding: 2rem 1rem; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        main { max-width: 60rem; margin: 0 auto; }
        h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
        h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
        p { margin: 0; color: var(--soft); }
        b { color: var(--mark); }
        dl { margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: .6rem; overflow: hidden; }
        div { padding: .55rem .9rem; border-top: 1px solid var(--line); display: grid; grid-template-columns: minmax(11rem, 17rem) 1fr; gap: .2rem 1rem; }
        div:first-child { border-top: 0; }
        dt { color: var(--soft); overflow-wrap: anywhere; }
        dd { margin: 0; font: .9rem/1.6 ui-monospace, monospace; overflow-wrap: anywhere; }
        a { color: var(--mark); }
        @media (max-width: 40rem) { body { padding: 1.25rem .75rem; } div { grid-template-columns: 1fr; } }
        """;

    public static string Render(SeenRequest seen)
    {
        var html = new StringBuilder();
        html.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Sample service</title>");
        html.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>").Append(Style).Append("</style></head><body><main>");
        html.Append("<h1>").Append(Greeting(seen)).Append("</h1>");
        html.Append("<p>This is the sample service. It has no sign-in of its own: what it knows about you came in the request headers below.</p>");
        Section(html, "Who you are, from Sidecar", seen.Identity);
        Section(html, "The request", [new("Method", seen.Method), new("Host", seen.Host), new("Path", seen.Path), new("From", seen.Peer ?? "")]);
        Section(html, "Other headers", seen.Others);
        return html.Append("<h2>For programs</h2><p>The same as <a href=\"/json\">JSON</a>; <code>/ws</code> echoes over a WebSocket.</p></main></body></html>").ToString();
    }

    private static string Greeting(SeenRequest seen) =>
        seen.User.Length > 0 ? $"You are <b>{WebUtility.HtmlEncode(seen.User)}</b>" : "Nobody is signed in";

    private static void Section(StringBuilder html, string title, IEnumerable<SeenHeader> lines)
    {
        html.Append("<h2>").Append(title).Append("</h2><dl>");
        foreach (var line in lines.DefaultIfEmpty(new SeenHeader("None", "no such header arrived")))
        {
            html.Append("<div><dt>").Append(WebUtility.HtmlEncode(line.Name)).Append("</dt><dd>").Append(WebUtility.HtmlEncode(line.Value)).Append("</dd></div>");
        }

        html.Append("</dl>");
    }
}
