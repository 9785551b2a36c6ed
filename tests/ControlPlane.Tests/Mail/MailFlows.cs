using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.Mail;

namespace Sidecar.ControlPlane.Tests.Mail;

/// <summary>A control plane with a mailbox and with recovery and enrolment turned on, as an administrator turns them on.</summary>
internal sealed class MailFlows : IAsyncDisposable
{
    public const string PublicAddress = "https://auth.example.com/";
    public const string Recovery = "if/flow/default-recovery-flow/";
    public const string Enrolment = "if/flow/default-enrollment-flow/";
    public const string NewPassword = "a long and quite new password 7";

    private MailFlows(MailboxServer mailbox, FlowHost host) => (Mailbox, Host) = (mailbox, host);

    public MailboxServer Mailbox { get; }

    public FlowHost Host { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<MailFlows> StartAsync(params (string Name, string Value)[] environment)
    {
        var mailbox = await MailboxServer.StartAsync();
        var host = await FlowHost.StartAsync([.. mailbox.Environment, ("AUTHENTIK_HOST", PublicAddress), ("AUTHENTIK_BOOTSTRAP_PASSWORD", FlowHost.AdministratorPassword), .. environment]);
        await host.AddUserAsync("ana", "ana@example.com");
        await host.AddUserAsync("bob", "bob@example.com");
        await host.EditAsync(TurnOnAsync);
        return new MailFlows(mailbox, host);
    }

    /// <summary>The mailed link, at the address where the test's server really listens.</summary>
    public Uri Here(Uri link) => new(Host.Address, link.PathAndQuery);

    /// <summary>Asks for a link; what the page says.</summary>
    public async Task<Page> AskAsync(Browser browser, string name)
    {
        var page = await browser.NavigateAsync(Host.At(Recovery));
        return await browser.FillAsync(page, ("uid_field", name));
    }

    /// <summary>A link for that user from a browser of its own.</summary>
    public async Task<Uri> LinkForAsync(string name, int count = 1)
    {
        using var browser = FlowHost.NewBrowser();
        await AskAsync(browser, name);
        return Here((await Mailbox.WaitForAsync($"{name}@example.com", count)).Link);
    }

    /// <summary>Opens a link and says yes; the page that follows.</summary>
    public static async Task<Page> OpenAsync(Browser browser, Uri link) => await browser.FillAsync(await browser.NavigateAsync(link));

    public static Task<Page> ChooseAsync(Browser browser, Page page, string password = NewPassword) => browser.FillAsync(page, ("password", password), ("password_repeat", password));

    public async Task<bool> SignsInAsync(string name, string password)
    {
        using var browser = FlowHost.NewBrowser();
        var page = await browser.SignInAsync(await browser.NavigateAsync(Host.At(FlowHost.SignInFlow)), name, password);
        return page.Address.AbsolutePath == "/if/user/";
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Mailbox.DisposeAsync();
    }

    private static async Task TurnOnAsync(ControlPlaneContext context)
    {
        var recovery = await context.Flows.SingleAsync(flow => flow.Slug == "default-recovery-flow", Cancel);
        var enrolment = await context.Flows.SingleAsync(flow => flow.Slug == "default-enrollment-flow", Cancel);
        (await context.Brands.SingleAsync(Cancel)).FlowRecoveryId = recovery.Id;
        var stage = await context.Stages.SingleAsync(stage => stage.Name == "default-authentication-identification", Cancel);
        stage.Settings = JsonObjects.Parse($$"""{"user_fields": ["email", "username"], "recovery_flow": "{{recovery.Id}}", "enrollment_flow": "{{enrolment.Id}}"}""");
    }
}
