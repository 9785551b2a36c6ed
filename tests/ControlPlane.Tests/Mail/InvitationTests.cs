using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Invitations;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.TestKit.Browsers;

namespace Sidecar.ControlPlane.Tests.Mail;

[Trait("Kind", "Slow")]
public sealed class InvitationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invitation_makes_one_account_with_what_it_settles_where_strangers_make_none()
    {
        await using var flows = await ClosedAsync();
        var link = await InviteAsync(flows, """{"email": "carla@example.com", "attributes": {"team": "blue"}}""");
        using var stranger = FlowHost.NewBrowser();
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.NavigateAsync(flows.Host.At(MailFlows.Enrolment))).Status);
        using var browser = FlowHost.NewBrowser();

        // Looking, as mail programs do, uses nothing up.
        await stranger.NavigateAsync(link);
        var page = await EnrolAsync(browser, link, "carla", email: "eve@example.com");

        Assert.Contains("We have sent you an e-mail", page.Text, StringComparison.Ordinal);
        await MailFlows.OpenAsync(browser, flows.Here((await flows.Mailbox.WaitForAsync("carla@example.com")).Link));
        await using var context = flows.Host.Open();
        var carla = await context.Users.SingleAsync(user => user.Username == "carla", Cancel);
        Assert.Equal(("carla@example.com", true), (carla.Email, carla.IsActive));
        Assert.Equal("blue", carla.Attributes.GetProperty("team").GetString());
        Assert.Contains("my-invitation", (await context.AuditEvents.SingleAsync(audit => audit.Action == "invitation_used", Cancel)).Context.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.NavigateAsync(link)).Status);
    }

    [Fact]
    public async Task Of_many_that_use_an_invitation_at_once_one_makes_an_account()
    {
        await using var flows = await ClosedAsync();
        var link = await InviteAsync(flows);
        var browsers = Enumerable.Range(0, 6).Select(_ => FlowHost.NewBrowser()).ToList();

        await Task.WhenAll(browsers.Select((browser, number) => EnrolAsync(browser, link, $"carla{number}")));

        await using var context = flows.Host.Open();
        Assert.Equal(1, await context.Users.CountAsync(user => user.Username.StartsWith("carla"), Cancel));
        browsers.ForEach(browser => browser.Dispose());
    }

    [Fact]
    public async Task An_invitation_of_another_flow_is_refused()
    {
        await using var flows = await ClosedAsync();
        var other = new Flow { Slug = "other", Name = "Other", Title = "Other", Designation = FlowDesignation.Enrollment };
        await flows.Host.EditAsync(async context =>
        {
            var invited = await context.Stages.SingleAsync(stage => stage.Kind == StageKind.Invitation, Cancel);
            context.Flows.Add(other);
            context.FlowStageBindings.Add(new FlowStageBinding { FlowId = other.Id, StageId = invited.Id, Order = 0 });
        });
        var link = await InviteAsync(flows, flow: other.Id);
        using var browser = FlowHost.NewBrowser();

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.NavigateAsync(flows.Host.At(MailFlows.Enrolment + link.Query))).Status);
    }

    [Fact]
    public async Task An_invitation_of_another_flow_is_refused_where_none_is_needed_too()
    {
        await using var flows = await MailFlows.StartAsync();
        var link = await InviteAsync(flows, flow: await FlowAsync(flows, "default-enrollment-flow"));
        await flows.Host.EditAsync(async context => await context.Invitations.ExecuteDeleteAsync(Cancel));
        using var browser = FlowHost.NewBrowser();

        Assert.Equal(HttpStatusCode.Forbidden, (await browser.NavigateAsync(link)).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.NavigateAsync(flows.Host.At(MailFlows.Enrolment))).Status);
    }

    [Fact]
    public async Task An_expired_invitation_is_refused_at_its_use_whether_it_was_swept_or_not()
    {
        await using var flows = await ClosedAsync();
        var link = await InviteAsync(flows);
        using var browser = FlowHost.NewBrowser();
        var page = await browser.NavigateAsync(link);
        await flows.Host.EditAsync(async context =>
            await context.Invitations.ExecuteUpdateAsync(set => set.SetProperty(row => row.ExpiresAt, (DateTimeOffset?)TimeProvider.System.GetUtcNow().AddSeconds(-1)), Cancel));

        page = await FillAsync(browser, page, "carla");

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.NavigateAsync(link)).Status);
        await using var context = flows.Host.Open();
        Assert.False(await context.Users.AnyAsync(user => user.Username == "carla", Cancel));
    }

    private static async Task<Uri> InviteAsync(MailFlows flows, string settled = "{}", Guid? flow = null)
    {
        var invitation = new Invitation { Name = "my-invitation", SingleUse = true, FlowId = flow ?? await FlowAsync(flows, "default-enrollment-flow"), FixedData = JsonObjects.Parse(settled), CreatedById = await AdministratorAsync(flows) };
        await flows.Host.EditAsync(context =>
        {
            context.Invitations.Add(invitation);
            return Task.CompletedTask;
        });
        return flows.Host.At($"{MailFlows.Enrolment}?itoken={invitation.Id}");
    }

    private static async Task<Guid> AdministratorAsync(MailFlows flows)
    {
        await using var context = flows.Host.Open();
        return await context.Users.Where(user => user.Username == "akadmin").Select(user => user.Id).SingleAsync(Cancel);
    }

    private static async Task<Guid> FlowAsync(MailFlows flows, string slug)
    {
        await using var context = flows.Host.Open();
        return await context.Flows.Where(flow => flow.Slug == slug).Select(flow => flow.Id).SingleAsync(Cancel);
    }

    // Enrolment is for whoever is invited: no identification stage names it.
    private static async Task<MailFlows> ClosedAsync()
    {
        var flows = await MailFlows.StartAsync();
        await flows.Host.EditAsync(async context =>
            (await context.Stages.SingleAsync(stage => stage.Name == "default-authentication-identification", Cancel)).Settings = JsonSerializer.SerializeToElement(new { user_fields = new[] { "email", "username" } }));
        return flows;
    }

    private static async Task<Page> EnrolAsync(Browser browser, Uri link, string username, string? email = null) => await FillAsync(browser, await browser.NavigateAsync(link), username, email);

    private static Task<Page> FillAsync(Browser browser, Page page, string username, string? email = null) => browser.FillAsync(
        page, ("username", username), ("name", "Carla"), ("email", email ?? $"{username}@example.com"), ("password", MailFlows.NewPassword), ("password_repeat", MailFlows.NewPassword));
}
