using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

public sealed class EventsApiTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Who_made_changed_and_deleted_what_is_told_with_what_was_before(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var body = new { username = "ana", name = "Ana", attributes = new { floor = 3, api_token = "not-for-readers", nested = new { password = "nor-this" } } };
        var pk = (await plane.Admin.SentAsync(HttpMethod.Post, "core/users/", body, 201)).GetProperty("pk").GetInt32();
        var group = await plane.CreateGroupAsync("editors");

        await plane.Admin.SentAsync(HttpMethod.Patch, $"core/users/{pk}/", new { name = "Ana B." }, 200);
        await plane.Admin.SentAsync(HttpMethod.Post, $"core/users/{pk}/set_password/", new { password = "a password for ana alone" }, 204);
        await plane.Admin.SentAsync(HttpMethod.Post, $"core/groups/{group}/add_user/", new { pk }, 204);
        await plane.Admin.SentAsync(HttpMethod.Delete, $"core/users/{pk}/", null, 204);

        var ofUser = await plane.Admin.GotAsync($"events/events/?context_model_app=authentik_core&context_model_name=user&context_model_pk={pk}&ordering=created");
        Assert.Equal(["model_created", "model_updated", "password_set", "model_updated", "model_deleted"], ofUser.Texts("action"));
        var events = ofUser.GetProperty("results").EnumerateArray().ToList();
        Assert.All(events, told => Assert.Equal("akadmin", told.GetProperty("user").GetProperty("username").GetString()));
        Assert.All(events, told => Assert.Equal("127.0.0.1", told.GetProperty("client_ip").GetString()));
        var name = events[1].GetProperty("context").GetProperty("diff").GetProperty("name");
        Assert.Equal(("Ana", "Ana B."), (name.GetProperty("previous_value").GetString(), name.GetProperty("new_value").GetString()));
        Assert.Equal(3, events[0].GetProperty("context").GetProperty("diff").GetProperty("attributes").GetProperty("new_value").GetProperty("floor").GetInt32());
        Assert.Equal($"/api/v3/core/users/{pk}/", events[1].GetProperty("context").GetProperty("http_request").GetProperty("path").GetString());
        Assert.DoesNotContain("not-for-readers", ofUser.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("nor-this", ofUser.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("argon2", ofUser.GetRawText(), StringComparison.OrdinalIgnoreCase);

        var ofGroup = (await plane.Admin.GotAsync($"events/events/?context_model_pk={group:N}&action=model_updated")).GetProperty("results");
        Assert.Equal($$$"""{"users":{"add":[{{{pk}}}]}}""", ofGroup[0].GetProperty("context").GetProperty("diff").GetRawText());
        var one = await plane.Admin.GotAsync($"events/events/{ofGroup[0].GetProperty("pk").GetString()}/");
        Assert.Equal(ofGroup[0].GetRawText(), one.GetRawText());
    }

    [Fact]
    public async Task A_refused_change_is_no_event_and_a_secret_is_told_as_changed_only()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        await plane.Admin.SentAsync(HttpMethod.Post, "core/tokens/", new { identifier = "mine", intent = "api" }, 201);
        var before = (await plane.Admin.GotAsync("events/events/")).GetProperty("pagination").GetProperty("count").GetInt32();

        await plane.Admin.SentAsync(HttpMethod.Patch, "core/tokens/mine/", new { intent = "nonsense" }, 400);
        Assert.Equal(before, (await plane.Admin.GotAsync("events/events/")).GetProperty("pagination").GetProperty("count").GetInt32());

        await plane.Admin.SentAsync(HttpMethod.Post, "core/tokens/mine/set_key/", new { key = "a-key-that-nobody-may-read-in-the-log" }, 204);
        var log = await plane.Admin.GotAsync("events/events/?search=mine&page_size=100");
        Assert.Contains(AuditMask.Hidden, log.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("a-key-that-nobody", log.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task The_log_is_filtered_searched_and_counted(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var wiki = await plane.CreateApplicationAsync("wiki");
        await using (var context = plane.Plane.Open())
        {
            var application = await context.Applications.SingleAsync(row => row.Id == wiki, Cancel);
            var now = TimeProvider.System.GetUtcNow();
            context.AuditEvents.AddRange(
                AuditEvent.Authorized(now, Samples.User("ana"), "192.0.2.1", application),
                AuditEvent.Authorized(now, Samples.User("ben"), "192.0.2.2", application),
                AuditEvent.Authorized(now.AddDays(-3), Samples.User("ben"), "192.0.2.2", application),
                new AuditEvent { At = now.AddDays(-40), Action = AuditEvent.FailedSignIn, App = "sidecar.flows", Username = "ben" });
            await context.SaveChangesAsync(Cancel);
        }

        Assert.Equal(["ben", "ben", "ana"], await NamesAsync($"context_authorized_app={wiki:D}&ordering=-user,created"));
        Assert.Equal(["ana"], await NamesAsync("actions=authorize_application&client_ip=192.0.2.1"));
        Assert.Equal(["ben", "ben", "ben"], await NamesAsync("username=BEN"));
        Assert.Equal(["ben"], await NamesAsync("search=login_failed ben"));
        var top = (await plane.Admin.GotAsync("events/events/top_per_user/?action=authorize_application"))[0];
        Assert.Equal(("wiki", 3, 3), (top.GetProperty("application").GetProperty("name").GetString(), top.GetProperty("counted_events").GetInt32(), top.GetProperty("unique_users").GetInt32()));
        var volume = await plane.Admin.GotAsync("events/events/volume/?action=authorize_application");
        Assert.Equal([1, 2], volume.EnumerateArray().Select(day => day.GetProperty("count").GetInt32()));
        var stats = await plane.Admin.GotAsync("events/events/stats/?username=ben&count_steps=days%3D1&count_steps=weeks%3D52");
        Assert.Equal([1, 3], stats.GetProperty("count_step").EnumerateObject().Select(step => step.Value.GetInt32()));
        Assert.Contains("login_failed", (await plane.Admin.GotAsync("events/events/actions/")).GetRawText(), StringComparison.Ordinal);
        await plane.Admin.RefusedAsync(HttpMethod.Get, "events/events/stats/?count_steps=soon", null, "count_steps");
        await plane.Admin.RefusedAsync(HttpMethod.Get, "events/events/?brand_name=x", null, "brand_name");

        async Task<string?[]> NamesAsync(string query) =>
            [.. (await plane.Admin.GotAsync("events/events/?" + query)).GetProperty("results").EnumerateArray().Select(told => told.GetProperty("user").GetProperty("username").GetString())];
    }

    [Fact]
    public async Task Nobody_writes_into_the_log_or_takes_from_it()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        await plane.CreateGroupAsync("editors");
        var told = (await plane.Admin.GotAsync("events/events/")).Texts("pk")[0];

        await plane.Admin.SentAsync(HttpMethod.Post, "events/events/", new { action = "login", app = "x" }, 405);
        await plane.Admin.SentAsync(HttpMethod.Delete, $"events/events/{told}/", null, 405);
        await plane.Admin.SentAsync(HttpMethod.Patch, $"events/events/{told}/", new { action = "login" }, 405);
    }

    // What nobody changes by hand, or what is told in another way.
    private static readonly string[] NotTold =
    [
        "AttemptRecord", "AuditEvent", "ChangeCounter", "ChangeRow", "DataProtectionKey", "FlowRun", "FormerPassword", "IssuedToken", "KeyRecord", "MailedLink", "Notification",
        "NotificationDelivery", "OutpostInstance", "QueuedMail",
        "RetiredOutpostToken", "SessionGrant", "StoredSnapshot", "TokenGrant",
        // Parts of a device, and what was used up.
        "StaticToken", "SpentChallenge",
        // Told as changes of what they put something into.
        "Membership", "GroupParent", "OutpostProvider", "RuleTransport", "StagePrompt", "StageValidation",
    ];

    [Fact]
    public async Task A_change_of_every_entity_is_told_or_is_nobodys_to_make()
    {
        await using var plane = await TestPlane.CreateAsync(postgres, DatabaseKind.Sqlite);
        await using var context = plane.Open();

        var silent = context.Model.GetEntityTypes().Select(entity => entity.ClrType).Where(type => !type.IsAbstract && !AuditedModels.Has(type)).Select(type => type.Name);

        Assert.Equal(NotTold.Order(), silent.Where(name => !name.StartsWith("OpenIddict", StringComparison.Ordinal)).Order());
    }

    [Theory]
    [InlineData("password_hash", true)]
    [InlineData("client_secret", true)]
    [InlineData("secret_key", true)]
    [InlineData("tokens", true)]
    [InlineData("basic_auth_password_attribute", false)]
    [InlineData("access_token_validity", false)]
    [InlineData("pass", false)]
    public void The_last_word_of_a_field_says_whether_it_holds_a_secret(string name, bool hidden) => Assert.Equal(hidden, AuditMask.HidesField(name));

    [Fact]
    public void In_attributes_any_word_of_a_name_is_enough()
    {
        var shown = AuditMask.Field("attributes", System.Text.Json.Nodes.JsonNode.Parse("""{"GithubToken": "a", "list": [{"old-password": "b"}], "secrets": {"c": "d"}, "has_token": true, "floor": 1}"""))!;

        Assert.Equal("""{"GithubToken":"***","list":[{"old-password":"***"}],"secrets":"***","has_token":true,"floor":1}""", shown.ToJsonString().Replace(AuditMask.Hidden, "***", StringComparison.Ordinal));
    }
}
