using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Tests.Authenticators;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Audit;

/// <summary>What users change about themselves is told as what administrators change is.</summary>
public sealed class FlowEventsTests
{
    private const string NewPassword = "a quite different long passphrase";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_user_who_changes_details_and_password_leaves_what_was_before_and_no_secret()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana", "ana@example.com");
        using var browser = FlowHost.NewBrowser();
        await browser.SignInAsync(await browser.NavigateAsync(host.At(FlowHost.SignInFlow)), "ana", FlowHost.Password);

        await browser.FillAsync(await browser.NavigateAsync(host.At("if/flow/default-user-settings-flow/")), ("name", "Ana B."), ("email", "ana.b@example.com"), ("attributes.settings.locale", "en"));
        await browser.FillAsync(await browser.NavigateAsync(host.At("if/flow/default-password-change/")), ("password", NewPassword), ("password_repeat", NewPassword));

        var events = await EventsAsync(host, "user");
        Assert.Equal(["model_updated", "password_set", "model_updated"], events.Select(audit => audit.Action));
        Assert.All(events, audit => Assert.Equal(("ana", "ana", "sidecar.flows"), (audit.Username, audit.Subject, audit.App)));
        var diff = events[0].Context.GetProperty("diff");
        Assert.Equal("ana@example.com", diff.GetProperty("email").GetProperty("previous_value").GetString());
        Assert.Equal("ana.b@example.com", diff.GetProperty("email").GetProperty("new_value").GetString());
        Assert.False(diff.TryGetProperty("email_key", out _));
        Assert.Equal(AuditMask.Hidden, events[2].Context.GetProperty("diff").GetProperty("password_hash").GetProperty("new_value").GetString());
        Assert.DoesNotContain("argon2", string.Concat(events.Select(audit => audit.Context.GetRawText())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_change_leaves_no_event()
    {
        await using var host = await FlowHost.StartWithUserAsync("ana");
        using var browser = FlowHost.NewBrowser();
        await browser.SignInAsync(await browser.NavigateAsync(host.At(FlowHost.SignInFlow)), "ana", FlowHost.Password);

        await browser.FillAsync(await browser.NavigateAsync(host.At("if/flow/default-password-change/")), ("password", "short"), ("password_repeat", "short"));

        Assert.Empty(await EventsAsync(host, "user"));
    }

    [Fact]
    public async Task A_device_that_its_user_names_and_deletes_leaves_both()
    {
        await using var host = await FlowHost.StartAsync();
        await Devices.AddRecoveryCodesAsync(host.Services, await host.AddUserAsync("ana"), "abcd2345wxyz", "zyxw5432dcba");
        using var browser = FlowHost.NewBrowser();
        var page = await browser.FillAsync(await browser.NavigateAsync(host.At(FlowHost.SignInFlow)), ("uid_field", "ana"));
        page = await browser.FillAsync(page, ("password", FlowHost.Password));
        await browser.FillAsync(page, ("code", "abcd2345wxyz"));

        page = await browser.FillAsync(await browser.NavigateAsync(host.At("if/user/devices/")), ("name", "my sheet"));
        var form = HtmlForm.In(page)!;
        await browser.SubmitAsync(new Uri(form.Action.AbsoluteUri.Replace("rename", "delete", StringComparison.Ordinal)), form.Fields);

        var events = await EventsAsync(host, "staticdevice");
        Assert.Equal([("custom_authenticator_used", "sheet"), ("model_updated", "my sheet"), ("model_deleted", "my sheet")], events.Select(audit => (audit.Action, audit.Subject)));
        Assert.Equal("sheet", events[1].Context.GetProperty("diff").GetProperty("name").GetProperty("previous_value").GetString());
        Assert.All(events, audit => Assert.Equal("ana", audit.Username));
    }

    private static async Task<IReadOnlyList<AuditEvent>> EventsAsync(FlowHost host, string model)
    {
        await using var context = host.Open();
        return await context.AuditEvents.AsNoTracking().Where(audit => audit.ModelName == model).OrderBy(audit => audit.At).ThenBy(audit => audit.Id).ToListAsync(Cancel);
    }
}
