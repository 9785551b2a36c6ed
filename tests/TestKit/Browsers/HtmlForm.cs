using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Sidecar.TestKit.Browsers;

/// <summary>The first form of a page, with what a browser would send if nobody typed anything.</summary>
public sealed class HtmlForm
{
    private HtmlForm(Uri action, Dictionary<string, string> fields)
    {
        Action = action;
        Fields = fields;
    }

    public Uri Action { get; }

    public Dictionary<string, string> Fields { get; }

    public static HtmlForm? In(Page page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var document = new HtmlParser().ParseDocument(page.Text);
        if (document.QuerySelectorAll("form").OfType<IHtmlFormElement>().FirstOrDefault(IsPost) is not { } form)
        {
            return null;
        }

        var fields = new Dictionary<string, string>();
        foreach (var input in form.QuerySelectorAll("input[name]").OfType<IHtmlInputElement>())
        {
            if (input.Type is not "submit" and not "button" && (input.Type is not "checkbox" and not "radio" || input.IsChecked))
            {
                fields[input.Name!] = input.Value;
            }
        }

        return new HtmlForm(new Uri(page.Address, form.GetAttribute("action") ?? ""), fields);
    }

    private static bool IsPost(IHtmlFormElement form) => string.Equals(form.Method, "post", StringComparison.OrdinalIgnoreCase);
}
