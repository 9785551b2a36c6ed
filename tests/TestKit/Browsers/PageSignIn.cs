namespace Sidecar.TestKit.Browsers;

/// <summary>What a person does on the sign-in pages: name, password, and "Continue" where consent is asked for.</summary>
public static class PageSignIn
{
    // Identification, password, consent, and one to spare.
    private const int MaxForms = 5;

    /// <summary>Fills the forms that follow one another from <paramref name="page"/> on, until there is none that is known.</summary>
    public static async Task<Page> SignInAsync(this Browser browser, Page page, string username, string password)
    {
        ArgumentNullException.ThrowIfNull(browser);
        for (var i = 0; i < MaxForms && HtmlForm.In(page) is { } form && page.Address.AbsolutePath.StartsWith("/if/flow/", StringComparison.Ordinal); i++)
        {
            Fill(form.Fields, "uid_field", username);
            Fill(form.Fields, "password", password);
            page = await browser.SubmitAsync(form.Action, form.Fields);
        }

        return page;
    }

    private static void Fill(Dictionary<string, string> fields, string name, string value)
    {
        if (fields.ContainsKey(name))
        {
            fields[name] = value;
        }
    }
}
