using System.Net;
using Sidecar.TestKit.Browsers;

namespace Sidecar.EndToEnd.Tests.Compose;

/// <summary>What somebody does who has just started an installation: opens initial-setup and fills in its forms.</summary>
internal static class FirstAdministrator
{
    public const string Name = "akadmin";

    public static async Task SetUpAsync(Func<Browser> newBrowser, Uri address, string password)
    {
        using var browser = newBrowser();
        var page = await browser.NavigateAsync(new Uri(address, "if/flow/initial-setup"));
        for (var i = 0; i < 5 && HtmlForm.In(page) is { } form; i++)
        {
            foreach (var (name, value) in new[] { ("email", "root@example.com"), ("password", password), ("password_repeat", password) })
            {
                if (form.Fields.ContainsKey(name))
                {
                    form.Fields[name] = value;
                }
            }

            page = await browser.SubmitAsync(form.Action, form.Fields);
        }

        Assert.True(page.Status == HttpStatusCode.OK && page.Address.AbsolutePath == "/if/admin/", page.ToString());
    }
}
