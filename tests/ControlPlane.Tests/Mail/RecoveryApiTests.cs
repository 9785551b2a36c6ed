using System.Net;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Tests.Api;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.TestKit.Mail;

namespace Sidecar.ControlPlane.Tests.Mail;

[Trait("Kind", "Slow")]
public sealed class RecoveryApiTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_hands_out_a_link_that_opens_the_recovery_of_one_user_once()
    {
        await using var plane = await ApiPlane.StartAsync(postgres, DatabaseKind.Sqlite, ("AUTHENTIK_HOST", MailFlows.PublicAddress));
        var ana = (await plane.CreateUserAsync("ana")).GetProperty("pk").GetInt32();
        await plane.Admin.RefusedAsync(HttpMethod.Post, $"core/users/{ana}/recovery/", new { }, "non_field_errors");
        await TurnOnAsync(plane);

        var link = new Uri((await plane.Admin.SentAsync(HttpMethod.Post, $"core/users/{ana}/recovery/", new { token_duration = "hours=2" }, 200)).GetProperty("link").GetString()!);
        await plane.Admin.RefusedAsync(HttpMethod.Post, $"core/users/{ana}/recovery/", new { token_duration = "soon" }, "token_duration");

        Assert.StartsWith(MailFlows.PublicAddress + MailFlows.Recovery, $"{link}", StringComparison.Ordinal);
        using var browser = FlowHost.NewBrowser();
        var here = new Uri(plane.Address, link.PathAndQuery);
        var page = await MailFlows.OpenAsync(browser, here);
        page = await MailFlows.ChooseAsync(browser, page);
        Assert.Equal("/if/user/", page.Address.AbsolutePath);
        using var other = FlowHost.NewBrowser();
        Assert.Equal(HttpStatusCode.Forbidden, (await other.NavigateAsync(here)).Status);
        await using var context = plane.Plane.Open();
        Assert.Equal(1, await context.AuditEvents.CountAsync(audit => audit.Action == "secret_view", Cancel));
    }

    [Fact]
    public async Task An_administrator_mails_a_link_and_an_invitation()
    {
        await using var mailbox = await MailboxServer.StartAsync();
        await using var plane = await ApiPlane.StartAsync(postgres, DatabaseKind.Sqlite, [.. mailbox.Environment, ("AUTHENTIK_HOST", MailFlows.PublicAddress)]);
        await TurnOnAsync(plane);
        var ana = (await plane.CreateUserAsync("ana")).GetProperty("pk").GetInt32();
        var stage = (await plane.Admin.GotAsync("stages/email/?name=default-recovery-email")).GetProperty("results")[0].GetProperty("pk").GetGuid();
        await plane.Admin.RefusedAsync(HttpMethod.Post, $"core/users/{ana}/recovery_email/", new { email_stage = stage }, "non_field_errors");
        await plane.Admin.SentAsync(HttpMethod.Patch, $"core/users/{ana}/", new { email = "ana@example.com" }, 200);
        await plane.Admin.RefusedAsync(HttpMethod.Post, $"core/users/{ana}/recovery_email/", new { email_stage = Guid.NewGuid() }, "email_stage");

        await plane.Admin.SentAsync(HttpMethod.Post, $"core/users/{ana}/recovery_email/", new { email_stage = stage }, 204);

        var mail = await mailbox.WaitForAsync("ana@example.com");
        using var browser = FlowHost.NewBrowser();
        Assert.Contains("password_repeat", (await MailFlows.OpenAsync(browser, new Uri(plane.Address, mail.Link.PathAndQuery))).Text, StringComparison.Ordinal);

        var flow = await plane.FlowAsync("default-enrollment-flow");
        var made = await plane.Admin.SentAsync(HttpMethod.Post, "stages/invitation/invitations/", new { name = "for-carla", single_use = true, flow, fixed_data = new { email = "carla@example.com" } }, 201);
        var id = made.GetProperty("pk").GetGuid();
        await plane.Admin.SentAsync(HttpMethod.Post, $"stages/invitation/invitations/{id}/send_email/", new { email_addresses = new[] { "carla@example.com" }, cc_addresses = new[] { "boss@example.com" } }, 204);
        mail = await mailbox.WaitForAsync("carla@example.com");
        Assert.Equal(["carla@example.com", "boss@example.com"], mail.Recipients);
        Assert.Contains("carla@example.com", (await browser.NavigateAsync(new Uri(plane.Address, mail.Link.PathAndQuery))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_is_made_found_changed_and_deleted()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var flow = await plane.FlowAsync("default-enrollment-flow");
        var made = await plane.Admin.SentAsync(HttpMethod.Post, "stages/invitation/invitations/", new { name = "for-carla", expires = "2040-01-01T00:00:00Z", single_use = true, flow }, 201);
        var id = made.GetProperty("pk").GetGuid();

        Assert.Equal(["for-carla"], (await plane.Admin.GotAsync("stages/invitation/invitations/?flow__slug=default-enrollment-flow&created_by__username=akadmin")).Texts("name"));
        Assert.Equal($"{made}", $"{await plane.Admin.SentAsync(HttpMethod.Put, $"stages/invitation/invitations/{id}/", made, 200)}");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, $"stages/invitation/invitations/{id}/", new { name = "for carla" }, "name");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, $"stages/invitation/invitations/{id}/", new { flow = await plane.FlowAsync("default-recovery-flow") }, "flow");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, $"stages/invitation/invitations/{id}/", new { fixed_data = new { password = "x" } }, "fixed_data");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, $"stages/invitation/invitations/{id}/", new { fixed_data = new { groups = new[] { "a" } } }, "fixed_data");
        await plane.Admin.RefusedAsync(HttpMethod.Post, $"stages/invitation/invitations/{id}/send_email/", new { email_addresses = new[] { "a@b@c" } }, "email_addresses");
        await plane.Admin.SentAsync(HttpMethod.Delete, $"stages/invitation/invitations/{id}/", null, 204);
        await plane.Admin.GotAsync($"stages/invitation/invitations/{id}/", 404);
    }

    private static async Task TurnOnAsync(ApiPlane plane)
    {
        var brand = (await plane.Admin.GotAsync("core/brands/")).GetProperty("results")[0].GetProperty("brand_uuid").GetGuid();
        await plane.Admin.SentAsync(HttpMethod.Patch, $"core/brands/{brand}/", new { flow_recovery = await plane.FlowAsync("default-recovery-flow") }, 200);
    }
}
