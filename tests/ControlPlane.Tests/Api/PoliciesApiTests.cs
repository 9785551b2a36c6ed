using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

public sealed class PoliciesApiTests(PostgresFixture postgres)
{
    private static readonly string[] Kinds = ["dummy", "event_matcher", "password", "password_expiry", "reputation", "unique_password"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_policy_of_every_kind_is_made_found_sent_back_as_it_was_read_and_deleted(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        foreach (var path in Kinds)
        {
            var made = await plane.Admin.SentAsync(HttpMethod.Post, $"policies/{path}/", Required(path), 201);
            var id = made.GetProperty("pk").GetGuid();

            Assert.Equal([path], (await plane.Admin.GotAsync($"policies/{path}/?name={path}&policy_uuid={id}&execution_logging=false")).Texts("name"));
            var read = await plane.Admin.GotAsync($"policies/{path}/{id}/");
            Assert.Equal($"{made}", $"{read}");
            Assert.Equal($"{made}", $"{await plane.Admin.SentAsync(HttpMethod.Put, $"policies/{path}/{id}/", read, 200)}");
            await plane.Admin.RefusedAsync(HttpMethod.Post, $"policies/{path}/", Required(path), "name");
            await plane.Admin.RefusedAsync(HttpMethod.Patch, $"policies/{path}/{id}/", new { shoe_size = 43 }, "shoe_size");
            Assert.Equal(made.GetProperty("component").GetString(), (await plane.Admin.GotAsync($"policies/all/{id}/")).GetProperty("component").GetString());
            Assert.Empty((await plane.Admin.GotAsync($"policies/{path}/{id}/used_by/")).EnumerateArray());
            await plane.Admin.SentAsync(HttpMethod.Delete, $"policies/{path}/{id}/", null, 204);
            await plane.Admin.GotAsync($"policies/all/{id}/", 404);
        }

        Assert.Equal(6, (await plane.Admin.GotAsync("policies/all/types/")).GetArrayLength());
        Assert.Equal(0, (await plane.Admin.GotAsync("policies/all/cache_info/")).GetProperty("count").GetInt32());
        await plane.Admin.SentAsync(HttpMethod.Post, "policies/all/cache_clear/", null, 204);
        await using var context = plane.Plane.Open();
        var told = await context.AuditEvents.Where(audit => audit.Action.StartsWith("model_")).Select(audit => audit.Action).ToListAsync(Cancel);
        Assert.Equal((6, 6), (told.Count(action => action == "model_created"), told.Count(action => action == "model_deleted")));
    }

    [Theory]
    [InlineData("password", "length_min", "-1")]
    [InlineData("password", "zxcvbn_score_threshold", "4")]
    [InlineData("password", "symbol_charset", "\"\"")]
    [InlineData("password_expiry", "days", "0")]
    [InlineData("password_expiry", "deny_only", "false")]
    [InlineData("unique_password", "num_historical_passwords", "25")]
    [InlineData("reputation", "threshold", "0")]
    [InlineData("dummy", "wait_max", "1")]
    [InlineData("event_matcher", "action", "\"stolen\"")]
    [InlineData("event_matcher", "client_ip", "\"10.0.0.0/8\"")]
    [InlineData("event_matcher", "app", "\"core\"")]
    [InlineData("event_matcher", "model", "\"user\"")]
    [InlineData("event_matcher", "query", "\"action = 1\"")]
    public async Task A_setting_that_would_have_no_effect_or_is_wrong_is_refused_by_name(string path, string field, string json)
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var body = Required(path);
        body[field] = JsonNode.Parse(json);

        Assert.NotEmpty(await plane.Admin.RefusedAsync(HttpMethod.Post, $"policies/{path}/", body, field));
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_policy_is_bound_where_it_is_asked_and_nowhere_else(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var application = await plane.CreateApplicationAsync("wiki");
        var flow = await plane.FlowAsync("default-password-change");
        var stage = (await plane.Admin.GotAsync($"flows/bindings/?target={flow}")).GetProperty("results")[0].GetProperty("pk").GetGuid();
        var dummy = await MadeAsync(plane, "dummy");
        var password = await MadeAsync(plane, "password");

        await plane.Admin.RefusedAsync(HttpMethod.Post, "policies/bindings/", new { target = application, policy = dummy, order = 0 }, "policy");
        await plane.Admin.RefusedAsync(HttpMethod.Post, "policies/bindings/", new { target = flow, policy = password, order = 0 }, "policy");
        await plane.Admin.RefusedAsync(HttpMethod.Post, "policies/bindings/", new { target = flow, policy = dummy, group = await plane.CreateGroupAsync("crew"), order = 0 }, "non_field_errors");
        var bound = await plane.Admin.SentAsync(HttpMethod.Post, "policies/bindings/", new { target = stage, policy = dummy, order = 0 }, 201);
        Assert.Equal("dummy", bound.GetProperty("policy_obj").GetProperty("name").GetString());
        await plane.Admin.SentAsync(HttpMethod.Post, "policies/bindings/", new { target = flow, policy = dummy, order = 0, enabled = false }, 201);
        var prompt = (await plane.Admin.GotAsync("stages/prompt/stages/?name=default-user-settings")).GetProperty("results")[0].GetProperty("pk").GetGuid();
        await plane.Admin.RefusedAsync(HttpMethod.Patch, $"stages/prompt/stages/{prompt}/", new { validation_policies = new[] { await MadeAsync(plane, "password_expiry") } }, "validation_policies");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, $"stages/prompt/stages/{prompt}/", new { validation_policies = new[] { Guid.NewGuid() } }, "validation_policies");
        var validated = await plane.Admin.SentAsync(HttpMethod.Patch, $"stages/prompt/stages/{prompt}/", new { validation_policies = new[] { dummy } }, 200);
        Assert.Equal(dummy, validated.GetProperty("validation_policies")[0].GetGuid());

        Assert.Equal(2, (await plane.Admin.GotAsync($"policies/bindings/?policy={dummy}&policy__isnull=false")).GetProperty("results").GetArrayLength());
        Assert.Equal(3, (await plane.Admin.GotAsync($"policies/dummy/{dummy}/")).GetProperty("bound_to").GetInt32());
        Assert.Contains("default-user-settings", (await plane.Admin.GotAsync($"stages/prompt/stages/?validation_policies={dummy}")).Texts("name"));
        Assert.Equal(["dummy"], (await plane.Admin.GotAsync("policies/all/?bindings__isnull=false&promptstage__isnull=false")).Texts("name"));
        Assert.Equal(["policybinding", "policybinding", "promptstage"], (await plane.Admin.GotAsync($"policies/all/{dummy}/used_by/")).EnumerateArray().Select(user => user.GetProperty("model_name").GetString()));

        await plane.Admin.SentAsync(HttpMethod.Delete, $"policies/all/{dummy}/", null, 204);
        var left = await plane.Admin.GotAsync($"policies/bindings/{bound.GetProperty("pk")}/");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, left.GetProperty("policy").ValueKind);
    }

    [Fact]
    public async Task A_policy_is_tried_out_before_it_counts()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var ana = (await plane.CreateUserAsync("ana")).GetProperty("pk").GetInt32();
        var policy = (await plane.Admin.SentAsync(HttpMethod.Post, "policies/password/", new { name = "rules", length_min = 12, amount_digits = 1 }, 201)).GetProperty("pk").GetGuid();

        var weak = await plane.Admin.SentAsync(HttpMethod.Post, $"policies/all/{policy}/test/", new { user = ana, context = new { password = "short" } }, 200);
        var good = await plane.Admin.SentAsync(HttpMethod.Post, $"policies/all/{policy}/test/", new { user = ana, context = new { password = "long enough 1" } }, 200);

        Assert.False(weak.GetProperty("passing").GetBoolean());
        Assert.Equal(["Use at least 12 characters; this has 5.", "Use at least 1 digit."], weak.GetProperty("messages").EnumerateArray().Select(text => text.GetString()));
        Assert.True(good.GetProperty("passing").GetBoolean());
        await plane.Admin.RefusedAsync(HttpMethod.Post, $"policies/all/{policy}/test/", new { user = 4711 }, "user");
    }

    private static async Task<Guid> MadeAsync(ApiPlane plane, string path) =>
        (await plane.Admin.SentAsync(HttpMethod.Post, $"policies/{path}/", Required(path), 201)).GetProperty("pk").GetGuid();

    private static JsonObject Required(string path) => path == "password_expiry" ? new JsonObject { ["name"] = path, ["days"] = 90 } : new JsonObject { ["name"] = path };
}
