using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Mail;
using Sidecar.ControlPlane.Mail.Templates;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tests.Flows.Support;
using Sidecar.ControlPlane.Tests.Support;
using Sidecar.TestKit.Mail;

namespace Sidecar.ControlPlane.Tests.Mail;

[Trait("Kind", "Slow")]
public sealed class MailTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_that_was_saved_arrives_with_both_parts_and_is_told()
    {
        await using var mailbox = await MailboxServer.StartAsync();
        await using var host = await FlowHost.StartAsync(mailbox.Environment);
        var body = new MailTemplates().Render(MailTemplates.PasswordReset, new Dictionary<string, string> { ["username"] = "zoë <b>", ["url"] = "https://auth.example.com/x?a=1&b=2", ["until"] = "noon" });
        await QueueAsync(host.Services, To("ana@example.com") with { Subject = "Grüße aus Wien", Body = body });

        var mail = await mailbox.WaitForAsync("ana@example.com");

        Assert.Equal("Grüße aus Wien", mail.Subject);
        Assert.Equal("sidecar@example.com", mail.Sender);
        Assert.Contains("Sidecar", mail.From, StringComparison.Ordinal);
        Assert.Contains("zoë <b>", mail.Text, StringComparison.Ordinal);
        Assert.Contains("zo&#xEB; &lt;b&gt;", mail.Html, StringComparison.Ordinal);
        Assert.Equal("https://auth.example.com/x?a=1&b=2", $"{mail.Link}");
        Assert.Contains("auto-submitted", mail.Headers);
        await Eventually.HoldsAsync(async () => await CountAsync(host.Services) == 0, "the mail leaves the outbox");
        await using var context = host.Open();
        var told = await context.AuditEvents.SingleAsync(audit => audit.Action == "email_sent", Cancel);
        Assert.Contains("ana@example.com", told.Context.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("a=1", told.Context.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hello\r\nBcc: eve@example.com")]
    [InlineData("Hello\nX-Evil: 1")]
    [InlineData("Hello\r\n\r\n<script>alert(1)</script>")]
    [InlineData("Hello\u2028X-Evil: 1\u0000")]
    [InlineData("=?utf-8?q?Hello=0D=0AX-Evil:_1?=")]
    public async Task A_subject_begins_no_other_header(string subject)
    {
        await using var mailbox = await MailboxServer.StartAsync();
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, mailbox.Environment);
        await QueueAsync(plane.Services, To("ana@example.com") with { Subject = subject });

        await Sender(plane).SendDueAsync(Cancel);

        var mail = Assert.Single(mailbox.Mails());
        Assert.Equal(["ana@example.com"], mail.Recipients);
        Assert.DoesNotContain("bcc", mail.Headers);
        Assert.DoesNotContain("x-evil", mail.Headers);
        Assert.Equal("hello", mail.Text.Trim());
    }

    [Theory]
    [InlineData("ana@example.com, eve@example.com")]
    [InlineData("ana@example.com\r\nBcc: eve@example.com")]
    [InlineData("<ana@example.com>")]
    [InlineData("eve@evil.com@example.com")]
    [InlineData(".ana@example.com")]
    [InlineData("ana.@example.com")]
    [InlineData("")]
    public async Task What_is_not_one_address_gets_no_mail(string address)
    {
        await using var mailbox = await MailboxServer.StartAsync();
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, mailbox.Environment);
        await QueueAsync(plane.Services, To(address));

        await Sender(plane).SendDueAsync(Cancel);

        Assert.Empty(mailbox.Mails());
        Assert.Equal(["system_task_exception"], await ActionsAsync(plane));
    }

    [Fact]
    public async Task A_mail_survives_a_mail_server_that_is_away_and_a_restart()
    {
        await using var mailbox = MailboxServer.Prepare();
        await using var host = await FlowHost.StartAsync(mailbox.Environment);
        await QueueAsync(host.Services, To("ana@example.com"));
        await Eventually.HoldsAsync(async () => await AttemptsAsync(host.Services) >= 1, "it is tried");

        await mailbox.StartAgainAsync();
        await host.EditAsync(async context => (await context.QueuedMails.SingleAsync(Cancel)).NextAttemptAt = TimeProvider.System.GetUtcNow());
        await host.RestartAsync();

        Assert.Equal("hello", (await mailbox.WaitForAsync("ana@example.com")).Text.Trim());
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Of_several_senders_one_sends_a_mail(DatabaseKind kind)
    {
        await using var mailbox = await MailboxServer.StartAsync();
        await using var plane = await TestPlane.CreateAsync(postgres, kind, mailbox.Environment);
        for (var i = 0; i < 12; i++)
        {
            await QueueAsync(plane.Services, To($"user{i}@example.com"));
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Sender(plane).SendDueAsync(Cancel)));

        Assert.Equal(12, mailbox.Mails().Count);
        Assert.Equal(12, mailbox.Mails().Select(mail => mail.Recipients[0]).Distinct().Count());
        Assert.Equal(0, await CountAsync(plane.Services));
    }

    [Fact]
    public async Task An_address_that_does_not_exist_is_given_up_at_once_and_told()
    {
        await using var mailbox = await MailboxServer.StartAsync();
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, mailbox.Environment);
        await QueueAsync(plane.Services, To("nobody@example.com"));

        Assert.Null(await Sender(plane).SendDueAsync(Cancel));

        Assert.Equal(["system_task_exception"], await ActionsAsync(plane));
        await using var context = plane.Open();
        Assert.Contains("No such mailbox", (await context.AuditEvents.SingleAsync(Cancel)).Context.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_that_never_goes_out_is_tried_ever_more_seldom_and_then_given_up_with_an_event()
    {
        await using var mailbox = await MailboxServer.StartAsync();
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, mailbox.Environment);
        await QueueAsync(plane.Services, To("later@example.com"));
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var sender = Sender(plane, time);
        List<TimeSpan> waits = [];

        while (await sender.SendDueAsync(Cancel) is { } next)
        {
            waits.Add(next - time.GetUtcNow());
            Assert.True(waits.Count < 100, "never given up");
            time.Advance(waits[^1]);
        }

        Assert.Equal(MailRetries.Attempts - 1, waits.Count);
        Assert.Equal(waits.Order(), waits);
        Assert.Equal([MailRetries.First, MailRetries.Longest], [waits[0], waits[^1]]);
        Assert.Equal(["system_task_exception"], await ActionsAsync(plane));
        Assert.Empty(mailbox.Mails());
    }

    [Fact]
    public async Task A_mail_whose_link_has_expired_is_not_sent()
    {
        await using var mailbox = await MailboxServer.StartAsync();
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, mailbox.Environment);
        await QueueAsync(plane.Services, To("ana@example.com") with { Until = TimeProvider.System.GetUtcNow().AddMinutes(-1) });

        await Sender(plane).SendDueAsync(Cancel);

        Assert.Empty(mailbox.Mails());
        Assert.Equal(["system_task_exception"], await ActionsAsync(plane));
    }

    [Fact]
    public async Task A_mail_to_nobody_is_thrown_away_without_a_word()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite);
        await QueueAsync(plane.Services, To("ana@example.com") with { To = [] });

        Assert.Null(await Sender(plane).SendDueAsync(Cancel));

        Assert.Empty(await ActionsAsync(plane));
    }

    [Theory]
    [InlineData("none", "AUTHENTIK_EMAIL__USE_TLS")]
    [InlineData("starttls", "AUTHENTIK_EMAIL__USE_TLS")]
    [InlineData("implicit", "AUTHENTIK_EMAIL__USE_SSL")]
    public async Task Where_TLS_is_asked_for_a_server_without_it_or_that_nobody_vouches_for_gets_no_mail(string tls, string asked)
    {
        await using var mailbox = await MailboxServer.StartAsync(tls);
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite, [.. mailbox.Environment, (asked, "true")]);
        await QueueAsync(plane.Services, To("ana@example.com"));

        Assert.NotNull(await Sender(plane).SendDueAsync(Cancel));

        Assert.Empty(mailbox.Mails());
        Assert.Equal(1, await AttemptsAsync(plane.Services));
    }

    [Fact]
    public async Task The_sender_signs_in_where_the_server_asks_for_it()
    {
        await using var mailbox = await MailboxServer.StartAsync(user: "sidecar", password: "a password of the mail server");
        await using var right = await TestPlane.CreateAsync(
            postgres, DatabaseKind.Sqlite, [.. mailbox.Environment, ("AUTHENTIK_EMAIL__USERNAME", "sidecar"), ("AUTHENTIK_EMAIL__PASSWORD", "a password of the mail server")]);
        await using var wrong = await TestPlane.CreateAsync(
            postgres, DatabaseKind.Sqlite, [.. mailbox.Environment, ("AUTHENTIK_EMAIL__USERNAME", "sidecar"), ("AUTHENTIK_EMAIL__PASSWORD", "another")]);
        await QueueAsync(right.Services, To("ana@example.com"));
        await QueueAsync(wrong.Services, To("bob@example.com"));

        await Sender(right).SendDueAsync(Cancel);
        await Sender(wrong).SendDueAsync(Cancel);

        var mail = Assert.Single(mailbox.Mails());
        Assert.Equal(("sidecar", "ana@example.com"), (mail.User, mail.Recipients[0]));
        Assert.Equal(1, await AttemptsAsync(wrong.Services));
    }

    [Fact]
    public async Task What_a_waiting_mail_says_is_not_in_the_database_in_clear()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite);
        await QueueAsync(plane.Services, To("ana@example.com"));

        await using var context = plane.Open();
        var content = Encoding.Latin1.GetString((await context.QueuedMails.SingleAsync(Cancel)).Content);

        Assert.DoesNotContain("hello", content, StringComparison.Ordinal);
        Assert.DoesNotContain("ana@example.com", content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_sends_a_test_mail_and_says_what_went_wrong()
    {
        await using var mailbox = await MailboxServer.StartAsync();
        var variables = mailbox.Environment.ToDictionary(pair => pair.Name, pair => pair.Value);
        using var output = new StringWriter();
        using var errors = new StringWriter();

        Assert.Equal(0, await TestMailCommand.RunAsync("ana@example.com", variables.GetValueOrDefault, output, errors));
        Assert.Equal(1, await TestMailCommand.RunAsync("nobody@example.com", variables.GetValueOrDefault, output, errors));
        Assert.Equal(2, await TestMailCommand.RunAsync("no address", variables.GetValueOrDefault, output, errors));

        Assert.Contains("took a test e-mail", $"{output}", StringComparison.Ordinal);
        Assert.Contains("No such mailbox", $"{errors}", StringComparison.Ordinal);
        Assert.Equal("Sidecar test e-mail", Assert.Single(mailbox.Mails()).Subject);
    }

    [Theory]
    [InlineData("AUTHENTIK_EMAIL__FROM", "nobody")]
    [InlineData("AUTHENTIK_EMAIL__FROM", "a@b.example@c.example")]
    [InlineData("AUTHENTIK_EMAIL__PORT", "0")]
    [InlineData("AUTHENTIK_EMAIL__TIMEOUT", "1000")]
    [InlineData("AUTHENTIK_EMAIL__USE_SSL", "perhaps")]
    public void A_mistake_in_the_settings_stops_the_start_by_name(string name, string value)
    {
        Assert.False(ControlPlaneOptions.TryRead(asked => asked == name ? value : null, out _, out var problem));
        Assert.Contains(name, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_in_a_template_is_one_encoded_line_and_reaches_no_object()
    {
        var body = new MailTemplates().Render(MailTemplates.PasswordReset, new Dictionary<string, string> { ["username"] = "ana\r\n\r\nPay here: {{ url }}<i>", ["url"] = "https://a.example/", ["until"] = "noon" });

        Assert.Contains("account ana    Pay here: {{ url }}<i>.", body.Text, StringComparison.Ordinal);
        Assert.Contains("Pay here: {{ url }}&lt;i&gt;", body.Html, StringComparison.Ordinal);
    }

    private static OutgoingMail To(string address) => new() { To = [address], Subject = "Hello", Body = new MailBody("hello") };

    private static async Task QueueAsync(IServiceProvider services, OutgoingMail mail)
    {
        await using var context = services.GetRequiredService<Database>().Open();
        services.GetRequiredService<MailOutbox>().Add(context, mail);
        await context.SaveChangesAsync(Cancel);
    }

    private static MailSender Sender(TestPlane plane, TimeProvider? time = null) => new(
        plane.Services.GetRequiredService<Database>(), plane.Services.GetRequiredService<MailOutbox>(), plane.Services.GetRequiredService<MailSignal>(),
        plane.Services.GetRequiredService<ControlPlaneOptions>(), time ?? TimeProvider.System, NullLogger<MailSender>.Instance);

    private static async Task<int> CountAsync(IServiceProvider services)
    {
        await using var context = services.GetRequiredService<Database>().Open();
        return await context.QueuedMails.CountAsync(Cancel);
    }

    private static async Task<int> AttemptsAsync(IServiceProvider services)
    {
        await using var context = services.GetRequiredService<Database>().Open();
        return await context.QueuedMails.Select(mail => mail.Attempts).SingleAsync(Cancel);
    }

    private static async Task<IReadOnlyList<string>> ActionsAsync(TestPlane plane)
    {
        await using var context = plane.Open();
        return await context.AuditEvents.Select(audit => audit.Action).ToListAsync(Cancel);
    }
}
