using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Notifications;
using Sidecar.ControlPlane.Notifications.Delivery;
using Sidecar.ControlPlane.Tests.Api;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.TestKit.Mail;

namespace Sidecar.ControlPlane.Tests.Notifications;

public sealed class NotificationTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Whoever_a_rule_names_is_told_of_an_event_that_its_policy_passes_and_of_no_other(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        await using var receiver = await WebhookReceiver.StartAsync();
        var team = await plane.CreateGroupAsync("team");
        var ana = await plane.CreateUserAsync("ana", team);
        await plane.CreateUserAsync("ben");
        await RuleAsync(plane, team, new { action = "model_created", model = "authentik_core.application" }, await LocalAsync(plane), await WebhookAsync(plane, receiver));

        await plane.CreateGroupAsync("not asked for");
        await plane.CreateApplicationAsync("wiki");
        await WorkAsync(plane);

        using var hers = await plane.SignedInAsync(ana.GetProperty("pk").GetInt32(), "hers");
        var told = Assert.Single((await hers.GotAsync("events/notifications/")).GetProperty("results").EnumerateArray());
        Assert.Equal("Model created of application \"wiki\", by akadmin", told.GetProperty("body").GetString());
        Assert.Equal("alert", told.GetProperty("severity").GetString());
        Assert.False(told.TryGetProperty("event", out _), "details of an event are for administrators");
        Assert.Empty((await plane.Admin.GotAsync("events/notifications/")).GetProperty("results").EnumerateArray());
        await receiver.HasTakenAsync(1);
        var posted = Assert.Single(receiver.Taken);
        Assert.Equal("ana", posted.GetProperty("user_username").GetString());
        Assert.Equal("akadmin", posted.GetProperty("event_user_username").GetString());
    }

    [Fact]
    public async Task A_user_marks_their_own_notifications_as_seen_and_reaches_no_others()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var ana = await plane.CreateUserAsync("ana");
        var ben = await plane.CreateUserAsync("ben");
        var ids = new List<Guid>();
        await using (var context = plane.Plane.Open())
        {
            foreach (var name in (string[])["ana", "ana", "ana", "ben"])
            {
                var user = await context.Users.SingleAsync(row => row.Username == name, Cancel);
                ids.Add(context.Notifications.Add(new Notification { UserId = user.Id, EventId = Guid.Empty, Severity = NotificationSeverity.Notice, Body = name, CreatedAt = Samples.Now }).Entity.Id);
            }

            await context.SaveChangesAsync(Cancel);
        }

        using var hers = await plane.SignedInAsync(ana.GetProperty("pk").GetInt32(), "hers");
        await hers.SentAsync(HttpMethod.Patch, $"events/notifications/{ids[0]}/", new { seen = true }, 200);
        await hers.SentAsync(HttpMethod.Delete, $"events/notifications/{ids[1]}/", null, 204);
        await hers.SentAsync(HttpMethod.Patch, $"events/notifications/{ids[3]}/", new { seen = true }, 404);
        await hers.SentAsync(HttpMethod.Delete, $"events/notifications/{ids[3]}/", null, 404);
        Assert.Equal([$"{ids[2]}"], (await hers.GotAsync("events/notifications/?seen=false")).Texts("pk"));
        await hers.SentAsync(HttpMethod.Post, "events/notifications/mark_all_seen/", null, 204);

        Assert.Empty((await hers.GotAsync("events/notifications/?seen=false")).Texts("pk"));
        using var his = await plane.SignedInAsync(ben.GetProperty("pk").GetInt32(), "his");
        Assert.Equal([$"{ids[3]}"], (await his.GotAsync("events/notifications/?seen=false")).Texts("pk"));
    }

    [Fact]
    public async Task The_workers_of_two_replicas_tell_of_an_event_once()
    {
        await using var plane = await ApiPlane.StartAsync(postgres, DatabaseKind.Postgres);
        await using var receiver = await WebhookReceiver.StartAsync();
        var admins = await AdministratorsAsync(plane);
        await RuleAsync(plane, admins, new { action = "model_created", model = "authentik_core.application" }, await LocalAsync(plane), await WebhookAsync(plane, receiver));
        var others = Enumerable.Range(0, 3).Select(_ => ActivatorUtilities.CreateInstance<NotificationWorker>(plane.Plane.Services)).ToList();

        for (var i = 0; i < 5; i++)
        {
            await plane.CreateApplicationAsync($"app{i}");
        }

        await Task.WhenAll(others.Select(worker => worker.RunOnceAsync(Cancel)));
        await WorkAsync(plane);
        await receiver.HasTakenAsync(5);
        await WorkAsync(plane);

        Assert.Equal(5, receiver.Taken.Count);
        Assert.Equal(5, (await plane.Admin.GotAsync("events/notifications/")).GetProperty("results").GetArrayLength());
        others.ForEach(worker => worker.Dispose());
    }

    [Fact]
    public async Task What_could_not_be_sent_is_kept_and_sent_later_and_given_up_in_the_end()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Refuse = () => Results.StatusCode(500);
        await RuleAsync(plane, await AdministratorsAsync(plane), new { action = "model_created", model = "authentik_core.application" }, await WebhookAsync(plane, receiver));
        await plane.CreateApplicationAsync("wiki");
        await Eventually.HoldsAsync(() => Task.FromResult(receiver.Came > 0), "the receiver was asked");
        await DueAsync(plane, attempts: 1);

        receiver.Refuse = null;
        await WorkAsync(plane);
        await receiver.HasTakenAsync(1);
        Assert.Single(receiver.Taken);

        receiver.Refuse = () => Results.StatusCode(500);
        await plane.CreateApplicationAsync("mail");
        await DueAsync(plane, attempts: 1, setTo: NotificationWorker.MaxAttempts - 1);
        await Eventually.HoldsAsync(
            async () =>
            {
                await WorkAsync(plane);
                await using var context = plane.Plane.Open();
                return !await context.NotificationDeliveries.AnyAsync(Cancel);
            },
            "it was given up");
    }

    [Fact]
    public async Task A_notification_that_fails_makes_no_event_so_that_none_can_make_another()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Refuse = () => Results.StatusCode(500);
        var all = await plane.Admin.SentAsync(HttpMethod.Post, "policies/event_matcher/", new { name = "every event" }, 201);
        var slow = await plane.Admin.SentAsync(HttpMethod.Post, "policies/dummy/", new { name = "slow", wait_min = 0, wait_max = 0 }, 201);
        var rule = await RuleAsync(plane, await AdministratorsAsync(plane), null, await LocalAsync(plane), await WebhookAsync(plane, receiver));
        await BindAsync(plane, rule, slow.GetProperty("pk").GetGuid());
        await BindAsync(plane, rule, all.GetProperty("pk").GetGuid());
        await WorkAsync(plane);
        var before = await CountEventsAsync(plane);

        await plane.CreateApplicationAsync("wiki");
        for (var i = 0; i < 5; i++)
        {
            await WorkAsync(plane);
        }

        await Eventually.HoldsAsync(() => Task.FromResult(receiver.Came > 0), "the receiver was asked");
        Assert.Equal(before + 1, await CountEventsAsync(plane));
    }

    [Fact]
    public async Task A_redirect_is_not_followed_and_an_endless_answer_is_not_read()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        await using var elsewhere = await WebhookReceiver.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        var transport = await WebhookAsync(plane, receiver);

        receiver.Refuse = () => Results.Redirect(elsewhere.Address.AbsoluteUri, preserveMethod: true);
        Assert.Contains("status 307", await plane.Admin.RefusedAsync(HttpMethod.Post, $"events/transports/{transport}/test/", new { }, "non_field_errors"), StringComparison.Ordinal);
        Assert.Equal(0, elsewhere.Came);

        receiver.Refuse = () => Results.Stream(async stream =>
        {
            while (true)
            {
                await stream.WriteAsync(new byte[64 * 1024], Cancel);
            }
        });
        Assert.Equal("It was taken.", (await plane.Admin.SentAsync(HttpMethod.Post, $"events/transports/{transport}/test/", new { }, 200)).GetProperty("messages")[0].GetString());
    }

    [Fact]
    public async Task A_test_is_sent_in_the_form_of_its_mode_and_says_what_came_of_it_without_the_address()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        await using var receiver = await WebhookReceiver.StartAsync();
        var slack = await plane.Admin.SentAsync(HttpMethod.Post, "events/transports/", new { name = "slack", mode = "webhook_slack", webhook_url = receiver.Address, send_once = true }, 201);

        await plane.Admin.SentAsync(HttpMethod.Post, $"events/transports/{slack.GetProperty("pk").GetGuid()}/test/", new { }, 200);

        Assert.True(receiver.Taken.TryDequeue(out var sent));
        Assert.Equal("This is a test.", sent.GetProperty("attachments")[0].GetProperty("title").GetString());
        receiver.Refuse = () => Results.StatusCode(404);
        Assert.DoesNotContain("a-secret-path", await plane.Admin.RefusedAsync(HttpMethod.Post, $"events/transports/{slack.GetProperty("pk").GetGuid()}/test/", new { }, "non_field_errors"), StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret-path", $"{await plane.Admin.GotAsync("events/events/?page_size=100")}", StringComparison.Ordinal);
    }

    [Fact]
    public void Slack_is_shown_a_name_as_text_and_never_as_a_call_to_everybody()
    {
        var audit = new AuditEvent { At = Samples.Now, Action = "login_failed", App = "sidecar.flows", Username = "<!channel>" };
        var delivery = new NotificationDelivery { TransportId = Guid.Empty, EventId = audit.Id, Severity = NotificationSeverity.Warning, NotBefore = Samples.Now };

        Assert.DoesNotContain("<!channel>", JsonDocument.Parse(WebhookPayload.Slack(delivery, audit, null).ToJsonString()).RootElement.GetProperty("attachments")[0].GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Attempts_wait_longer_and_longer_and_never_longer_than_four_hours()
    {
        var waits = Enumerable.Range(1, 40).Select(NotificationWorker.WaitAfter).ToList();

        Assert.Equal(TimeSpan.FromSeconds(30), waits[0]);
        Assert.Equal(waits.Order(), waits);
        Assert.Equal(TimeSpan.FromHours(4), waits[^1]);
    }

    [Fact]
    public async Task Administrators_are_told_of_a_flow_that_is_broken()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        await using (var context = plane.Plane.Open())
        {
            var flow = context.Flows.Add(new ControlPlane.Flows.Flow { Slug = "broken", Name = "x", Title = "x", Designation = ControlPlane.Flows.FlowDesignation.Authentication }).Entity;
            var stage = context.Stages.Add(new ControlPlane.Flows.Stage { Name = "x", Kind = "dummy", Settings = JsonSerializer.SerializeToElement(new { throw_error = true }) }).Entity;
            context.FlowStageBindings.Add(new ControlPlane.Flows.FlowStageBinding { FlowId = flow.Id, StageId = stage.Id, Order = 0 });
            await context.SaveChangesAsync(Cancel);
        }

        using var stranger = plane.ClientOf(null);
        for (var i = 0; i < 3; i++)
        {
            using var answer = await stranger.GetAsync(new Uri("flows/executor/broken/?query=", UriKind.Relative), Cancel);
        }

        await WorkAsync(plane);

        var told = Assert.Single((await plane.Admin.GotAsync("events/notifications/")).GetProperty("results").EnumerateArray());
        Assert.Equal("System exception of flow \"broken\"", told.GetProperty("body").GetString());
        Assert.Equal("x", told.GetProperty("event").GetProperty("context").GetProperty("stage").GetString());
    }

    [Fact]
    public async Task A_policy_that_looks_at_events_is_bound_to_rules_alone_and_a_rule_without_bindings_tells_of_nothing()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var matcher = (await plane.Admin.SentAsync(HttpMethod.Post, "policies/event_matcher/", new { name = "all" }, 201)).GetProperty("pk").GetGuid();
        var password = (await plane.Admin.SentAsync(HttpMethod.Post, "policies/password/", new { name = "password", length_min = 8 }, 201)).GetProperty("pk").GetGuid();
        var rule = await RuleAsync(plane, await AdministratorsAsync(plane), null, await LocalAsync(plane));

        Assert.Contains(
            "bind it to a notification rule",
            await plane.Admin.RefusedAsync(HttpMethod.Post, "policies/bindings/", new { target = await plane.FlowAsync("default-authentication-flow"), policy = matcher, order = 0 }, "policy"),
            StringComparison.Ordinal);
        await plane.Admin.RefusedAsync(HttpMethod.Post, "policies/bindings/", new { target = rule, policy = password, order = 0 }, "policy");
        await WorkAsync(plane);
        Assert.Empty((await plane.Admin.GotAsync("events/notifications/")).Texts("pk"));

        await BindAsync(plane, rule, matcher);
        Assert.Single((await plane.Admin.GotAsync($"events/rules/{rule}/used_by/")).EnumerateArray());
        await plane.CreateApplicationAsync("wiki");
        await WorkAsync(plane);
        Assert.NotEmpty((await plane.Admin.GotAsync("events/notifications/")).Texts("pk"));
        await plane.Admin.SentAsync(HttpMethod.Delete, $"events/rules/{rule}/", null, 204);
        await plane.Admin.GotAsync($"events/rules/{rule}/", 404);
    }

    [Theory]
    [InlineData("mode", "webhook", "", "webhook_url")]
    [InlineData("mode", "webhook", "ftp://example.com/", "webhook_url")]
    [InlineData("mode", "webhook", "https://ana:secret@example.com/", "webhook_url")]
    [InlineData("mode", "webhook", "/relative", "webhook_url")]
    public async Task A_transport_that_could_not_send_is_refused(string field, string mode, string url, string about)
    {
        await using var plane = await ApiPlane.StartAsync(postgres);

        Assert.NotEmpty(await plane.Admin.RefusedAsync(HttpMethod.Post, "events/transports/", new Dictionary<string, object> { ["name"] = "x", [field] = mode, ["webhook_url"] = url }, about));
    }

    [Fact]
    [Trait("Kind", "Slow")]
    public async Task A_mail_tells_of_an_event_and_what_mail_tells_of_itself_makes_no_other_mail()
    {
        await using var mailbox = await MailboxServer.StartAsync();
        await using var plane = await ApiPlane.StartAsync(postgres, DatabaseKind.Sqlite, mailbox.Environment);
        var team = await plane.CreateGroupAsync("team");
        await plane.Admin.SentAsync(HttpMethod.Post, "core/users/", new { username = "ana", name = "ana", email = "ana@example.com", groups = new[] { team } }, 201);
        await plane.Admin.SentAsync(HttpMethod.Post, "core/users/", new { username = "ben", name = "ben", groups = new[] { team } }, 201);
        var mail = Guid.Parse((await plane.Admin.GotAsync("events/transports/?name=default-email-transport")).Texts("pk").Single());
        await RuleAsync(plane, team, new { action = "email_sent" }, mail, await LocalAsync(plane));
        var matcher = await plane.Admin.SentAsync(HttpMethod.Post, "policies/event_matcher/", new { name = "applications", model = "authentik_core.application" }, 201);
        await BindAsync(plane, Guid.Parse((await plane.Admin.GotAsync("events/rules/?name=a%20rule")).Texts("pk").Single()), matcher.GetProperty("pk").GetGuid());

        await plane.CreateApplicationAsync("wiki");
        await WorkAsync(plane);

        var read = await mailbox.WaitForAsync("ana@example.com");
        Assert.Equal("Sidecar notification: Model created of application \"wiki\", by akadmin", read.Subject);
        await Eventually.HoldsAsync(
            async () =>
            {
                await WorkAsync(plane);
                await using var context = plane.Plane.Open();
                return await context.AuditEvents.AnyAsync(audit => audit.Action == "email_sent" && audit.Judged, Cancel);
            },
            "the sending of the mail was told of");
        await using var after = plane.Plane.Open();
        Assert.Empty(await after.QueuedMails.ToListAsync(Cancel));
        Assert.Equal(1, await after.AuditEvents.CountAsync(audit => audit.Action == "email_sent", Cancel));
        Assert.Equal(4, await after.Notifications.CountAsync(Cancel));
    }

    private static async Task<Guid> LocalAsync(ApiPlane plane) => Guid.Parse((await plane.Admin.GotAsync("events/transports/?name=default-local-transport")).Texts("pk").Single());

    private static async Task<Guid> WebhookAsync(ApiPlane plane, WebhookReceiver receiver) =>
        (await plane.Admin.SentAsync(HttpMethod.Post, "events/transports/", new { name = "webhook", mode = "webhook", webhook_url = receiver.Address }, 201)).GetProperty("pk").GetGuid();

    private static async Task<Guid> AdministratorsAsync(ApiPlane plane) => Guid.Parse((await plane.Admin.GotAsync("core/groups/?name=authentik%20Admins")).Texts("pk").Single());

    /// <param name="plane">The server.</param>
    /// <param name="group">Who is told.</param>
    /// <param name="matcher">Settings of a policy that is bound to it; null: none is.</param>
    /// <param name="transports">How.</param>
    private static async Task<Guid> RuleAsync(ApiPlane plane, Guid group, object? matcher, params Guid[] transports)
    {
        var rule = (await plane.Admin.SentAsync(HttpMethod.Post, "events/rules/", new { name = "a rule", severity = "alert", destination_group = group, transports }, 201)).GetProperty("pk").GetGuid();
        if (matcher is not null)
        {
            var body = JsonSerializer.SerializeToNode(matcher)!.AsObject();
            body["name"] = "a matcher";
            await BindAsync(plane, rule, (await plane.Admin.SentAsync(HttpMethod.Post, "policies/event_matcher/", body, 201)).GetProperty("pk").GetGuid());
        }

        return rule;
    }

    private static Task<JsonElement> BindAsync(ApiPlane plane, Guid rule, Guid policy) => plane.Admin.SentAsync(HttpMethod.Post, "policies/bindings/", new { target = rule, policy, order = 0 }, 201);

    private static Task WorkAsync(ApiPlane plane) => plane.Plane.Services.GetRequiredService<NotificationWorker>().RunOnceAsync(Cancel);

    /// <summary>Waits until the one delivery has failed so often, and makes it due.</summary>
    private static Task DueAsync(ApiPlane plane, int attempts, int? setTo = null) => Eventually.HoldsAsync(
        async () =>
        {
            await using var context = plane.Plane.Open();
            var now = TimeProvider.System.GetUtcNow();
            var due = now.AddSeconds(-1);
            var soon = now + NotificationWorker.WaitAfter(attempts);
            return await context.NotificationDeliveries.Where(delivery => delivery.Attempts == attempts && delivery.NotBefore > now && delivery.NotBefore <= soon)
                .ExecuteUpdateAsync(set => set.SetProperty(delivery => delivery.NotBefore, due).SetProperty(delivery => delivery.Attempts, setTo ?? attempts), Cancel) == 1;
        },
        "the attempt failed");

    private static async Task<int> CountEventsAsync(ApiPlane plane)
    {
        await using var context = plane.Plane.Open();
        return await context.AuditEvents.CountAsync(Cancel);
    }
}
