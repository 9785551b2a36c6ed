using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Authenticators;

public sealed class DevicePageTests
{
    [Fact]
    public async Task A_user_names_and_deletes_a_device_and_only_with_the_pages_own_form()
    {
        await using var host = await FlowHost.StartAsync();
        await Devices.AddRecoveryCodesAsync(host.Services, await host.AddUserAsync("ana"), "abcd2345wxyz", "zyxw5432dcba");
        using var browser = await SignedInAsync(host, "abcd2345wxyz");

        var page = await browser.NavigateAsync(host.At("if/user/devices/"));
        Assert.Contains("Recovery codes, 1 left", page.Text, StringComparison.Ordinal);
        var id = await IdAsync(host);
        await browser.SubmitAsync(host.At($"if/user/devices/{id}/rename/"), new Dictionary<string, string> { ["name"] = "stolen", ["page_token"] = "made up" });
        await browser.SubmitAsync(host.At($"if/user/devices/{id}/delete/"), new Dictionary<string, string>());
        page = await browser.FillAsync(page, ("name", "<b>my sheet</b>"));
        Assert.Contains("&lt;b&gt;my sheet", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("stolen", page.Text, StringComparison.Ordinal);

        var token = HtmlForm.In(page)!.Fields["page_token"];
        page = await browser.SubmitAsync(host.At($"if/user/devices/{id}/delete/"), new Dictionary<string, string> { ["page_token"] = token });
        Assert.Contains("with your password alone", page.Text, StringComparison.Ordinal);
        await using var context = host.Open();
        Assert.Empty(await context.AuthenticatorDevices.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_device_is_deleted_only_shortly_after_a_sign_in_and_never_by_somebody_else()
    {
        await using var host = await FlowHost.StartAsync();
        await Devices.AddRecoveryCodesAsync(host.Services, await host.AddUserAsync("ana"), "abcd2345wxyz", "zyxw5432dcba");
        await host.AddUserAsync("ben");
        using var browser = await SignedInAsync(host, "abcd2345wxyz");
        await host.EditAsync(context => context.Sessions.ForEachAsync(session => session.AuthenticatedAt -= TimeSpan.FromHours(1)));
        var id = await IdAsync(host);
        var page = await browser.NavigateAsync(host.At("if/user/devices/"));
        Assert.Contains("asked to sign in again", page.Text, StringComparison.Ordinal);

        page = await browser.SubmitAsync(host.At($"if/user/devices/{id}/delete/"), new Dictionary<string, string> { ["page_token"] = HtmlForm.In(page)!.Fields["page_token"] });
        Assert.Equal("/if/flow/default-authentication-flow/", page.Address.AbsolutePath);
        using var bens = FlowHost.NewBrowser();
        await bens.SignInAsync(await bens.NavigateAsync(host.At(FlowHost.SignInFlow)), "ben", FlowHost.Password);
        var shown = await bens.NavigateAsync(host.At("if/user/devices/"));
        Assert.DoesNotContain("sheet", shown.Text, StringComparison.Ordinal);
        Assert.Equal(id, await IdAsync(host));
    }

    private static async Task<int> IdAsync(FlowHost host)
    {
        await using var context = host.Open();
        return (await context.AuthenticatorDevices.SingleAsync(TestContext.Current.CancellationToken)).Id;
    }

    private static async Task<Browser> SignedInAsync(FlowHost host, string code)
    {
        var browser = FlowHost.NewBrowser();
        var page = await browser.FillAsync(await browser.NavigateAsync(host.At(FlowHost.SignInFlow)), ("uid_field", "ana"));
        page = await browser.FillAsync(page, ("password", FlowHost.Password));
        page = await browser.FillAsync(page, ("code", code));
        Assert.Equal("/if/user/", page.Address.AbsolutePath);
        return browser;
    }
}
