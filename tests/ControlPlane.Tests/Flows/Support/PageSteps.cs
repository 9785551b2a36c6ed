using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Flows.Support;

/// <summary>One form at a time.</summary>
internal static class PageSteps
{
    public static Task<Page> FillAsync(this Browser browser, Page page, params (string Name, string Value)[] values)
    {
        var form = HtmlForm.In(page) ?? throw new InvalidOperationException("no form: " + page);
        foreach (var (name, value) in values)
        {
            form.Fields[name] = value;
        }

        return browser.SubmitAsync(form.Action, form.Fields);
    }

    public static string? CookieOf(this Browser browser, Uri address, string name) => browser.Cookies.GetCookies(address)[name]?.Value;
}
