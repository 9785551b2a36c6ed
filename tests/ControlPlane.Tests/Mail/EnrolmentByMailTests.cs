using System.Net;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Mail;

[Trait("Kind", "Slow")]
public sealed class EnrolmentByMailTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_makes_an_account_which_opens_with_the_link_from_the_mailbox()
    {
        await using var flows = await MailFlows.StartAsync();
        using var browser = FlowHost.NewBrowser();
        Assert.Contains(MailFlows.Enrolment, (await browser.NavigateAsync(flows.Host.At(FlowHost.SignInFlow))).Text, StringComparison.Ordinal);
        var page = await EnrolAsync(flows, browser, "carla");
        Assert.Contains("We have sent you an e-mail", page.Text, StringComparison.Ordinal);
        Assert.False(await flows.SignsInAsync("carla", MailFlows.NewPassword));
        var mail = await flows.Mailbox.WaitForAsync("carla@example.com");
        Assert.Equal("Confirm your e-mail address", mail.Subject);

        using var telephone = FlowHost.NewBrowser();
        page = await MailFlows.OpenAsync(telephone, flows.Here(mail.Link));

        Assert.Equal("/if/user/", page.Address.AbsolutePath);
        Assert.True(await flows.SignsInAsync("carla", MailFlows.NewPassword));
        Assert.Equal(HttpStatusCode.Forbidden, (await FlowHost.NewBrowser().NavigateAsync(flows.Here(mail.Link))).Status);
        await using var context = flows.Host.Open();
        var carla = await context.Users.SingleAsync(user => user.Username == "carla", Cancel);
        Assert.Equal(("carla@example.com", true, UserType.External), (carla.Email, carla.IsActive, carla.Type));
    }

    [Fact]
    public async Task What_a_stranger_types_as_a_name_is_in_no_mail()
    {
        await using var flows = await MailFlows.StartAsync();
        using var browser = FlowHost.NewBrowser();

        await EnrolAsync(flows, browser, "carla", name: "Pay at http://evil.example/");

        var mail = await flows.Mailbox.WaitForAsync("carla@example.com");
        Assert.DoesNotContain("evil.example", mail.Raw, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", mail.Text + mail.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("carla@evil.example@example.com")]
    [InlineData("carla@example.com,eve@example.com")]
    [InlineData("Carla <carla@example.com>")]
    [InlineData("\"carla@evil.example\"@example.com")]
    [InlineData(".carla@example.com")]
    [InlineData("carla.@example.com")]
    [InlineData("carla")]
    public async Task An_address_that_can_be_read_in_two_ways_makes_no_account_and_gets_no_mail(string address)
    {
        await using var flows = await MailFlows.StartAsync();
        using var browser = FlowHost.NewBrowser();

        var page = await EnrolAsync(flows, browser, "carla", email: address);

        Assert.Contains("valid email", page.Text, StringComparison.Ordinal);
        await using var context = flows.Host.Open();
        Assert.False(await context.Users.AnyAsync(user => user.Username == "carla", Cancel));
        Assert.False(await context.QueuedMails.AnyAsync(Cancel));
    }

    [Fact]
    public async Task An_account_that_nobody_confirmed_takes_no_address_from_whoever_has_it()
    {
        await using var flows = await MailFlows.StartAsync();
        using var browser = FlowHost.NewBrowser();
        await EnrolAsync(flows, browser, "carla", email: "ana@example.com");

        Assert.True(await flows.SignsInAsync("ana@example.com", FlowHost.Password));
    }

    [Fact]
    public async Task Somebody_s_address_is_no_user_name_for_others()
    {
        await using var flows = await MailFlows.StartAsync();
        using var browser = FlowHost.NewBrowser();

        var page = await EnrolAsync(flows, browser, "ana@example.com", email: "carla@example.com");

        Assert.Contains("cannot be an e-mail address", page.Text, StringComparison.Ordinal);
        await using var context = flows.Host.Open();
        Assert.False(await context.Users.AnyAsync(user => user.Username == "ana@example.com", Cancel));
    }

    [Fact]
    public async Task A_stranger_s_account_with_somebody_s_address_is_not_opened_even_by_their_click()
    {
        await using var flows = await MailFlows.StartAsync();
        using var browser = FlowHost.NewBrowser();
        await EnrolAsync(flows, browser, "ana@example.com", email: "ana@example.com");
        Assert.True(await flows.SignsInAsync("ana@example.com", FlowHost.Password));
        using var hers = FlowHost.NewBrowser();

        var page = await hers.NavigateAsync(flows.Here((await flows.Mailbox.WaitForAsync("ana@example.com")).Link));

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.False(await flows.SignsInAsync("ana@example.com", MailFlows.NewPassword));
        Assert.True(await flows.SignsInAsync("ana@example.com", FlowHost.Password));
    }

    [Fact]
    public async Task Nobody_gives_themselves_the_address_of_somebody_else()
    {
        await using var flows = await MailFlows.StartAsync();
        using var browser = FlowHost.NewBrowser();
        await browser.SignInAsync(await browser.NavigateAsync(flows.Host.At(FlowHost.SignInFlow)), "bob", FlowHost.Password);

        var page = await browser.FillAsync(await browser.NavigateAsync(flows.Host.At("if/flow/default-user-settings-flow/")), ("email", "Ana@example.com"));

        Assert.Contains("cannot be used", page.Text, StringComparison.Ordinal);
        Assert.True(await flows.SignsInAsync("ana@example.com", FlowHost.Password));
    }

    [Fact]
    public async Task A_confirmed_link_does_not_enable_whom_an_administrator_disabled()
    {
        await using var flows = await MailFlows.StartAsync();
        using var browser = FlowHost.NewBrowser();
        await EnrolAsync(flows, browser, "carla");
        await MailFlows.OpenAsync(browser, flows.Here((await flows.Mailbox.WaitForAsync("carla@example.com")).Link));
        await flows.Host.EditAsync(async context =>
        {
            (await context.Users.SingleAsync(user => user.Username == "carla", Cancel)).IsActive = false;
            (await context.Stages.SingleAsync(stage => stage.Name == "default-recovery-email", Cancel)).Settings = JsonObjects.Parse("""{"activate_user_on_success": true}""");
        });
        using var other = FlowHost.NewBrowser();

        await flows.AskAsync(other, "carla");
        var ana = await flows.LinkForAsync("ana");

        // What was queued before ana's mail is through by now.
        Assert.NotNull(ana);
        Assert.Single(flows.Mailbox.Mails(), mail => mail.Recipients.Contains("carla@example.com"));
    }

    [Fact]
    public async Task A_weak_password_makes_no_account()
    {
        await using var flows = await MailFlows.StartAsync();
        using var browser = FlowHost.NewBrowser();

        await EnrolAsync(flows, browser, "carla", password: "short");

        await using var context = flows.Host.Open();
        Assert.False(await context.Users.AnyAsync(user => user.Username == "carla", Cancel));
    }

    private static async Task<Page> EnrolAsync(MailFlows flows, Browser browser, string username, string? email = null, string name = "Carla", string password = MailFlows.NewPassword)
    {
        var page = await browser.NavigateAsync(flows.Host.At(MailFlows.Enrolment));
        return await browser.FillAsync(
            page, ("username", username), ("name", name), ("email", email ?? $"{username}@example.com"), ("password", password), ("password_repeat", password));
    }
}
