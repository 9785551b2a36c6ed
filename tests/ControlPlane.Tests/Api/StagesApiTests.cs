using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

public sealed class StagesApiTests(PostgresFixture postgres)
{
    private static readonly string[] Paths = ["identification", "password", "user_login", "user_logout", "consent", "prompt/stages", "user_write", "user_delete", "redirect", "dummy", "captcha", "email", "invitation/stages", "authenticator/totp", "authenticator/static", "authenticator/webauthn", "authenticator/validate", "deny"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_stage_of_every_kind_is_made_found_sent_back_as_it_was_read_and_deleted(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        foreach (var path in Paths)
        {
            var made = await plane.Admin.SentAsync(HttpMethod.Post, $"stages/{path}/", Required(path, $"my {path}"), 201);
            var id = made.GetProperty("pk").GetGuid();

            Assert.Equal([$"my {path}"], (await plane.Admin.GotAsync($"stages/{path}/?name={Uri.EscapeDataString($"my {path}")}")).Texts("name"));
            var read = await plane.Admin.GotAsync($"stages/{path}/{id}/");
            Assert.Equal($"{made}", $"{read}");
            Assert.Equal($"{made}", $"{await plane.Admin.SentAsync(HttpMethod.Put, $"stages/{path}/{id}/", read, 200)}");
            var renamed = await plane.Admin.SentAsync(HttpMethod.Patch, $"stages/{path}/{id}/", new { name = $"our {path}" }, 200);
            Assert.Equal($"our {path}", renamed.GetProperty("name").GetString());
            Assert.Equal(made.GetProperty("component").GetString(), (await plane.Admin.GotAsync($"stages/all/{id}/")).GetProperty("component").GetString());
            await plane.Admin.RefusedAsync(HttpMethod.Post, $"stages/{path}/", Required(path, $"our {path}"), "name");
            await plane.Admin.RefusedAsync(HttpMethod.Patch, $"stages/{path}/{id}/", new { shoe_size = 43 }, "shoe_size");
            await plane.Admin.GotAsync($"stages/{Paths[path == "deny" ? 0 : ^1]}/{id}/", 404);
            Assert.Empty((await plane.Admin.GotAsync($"stages/{path}/{id}/used_by/")).EnumerateArray());
            await plane.Admin.SentAsync(HttpMethod.Delete, $"stages/{path}/{id}/", null, 204);
            await plane.Admin.GotAsync($"stages/all/{id}/", 404);
        }
    }

    [Fact]
    public async Task The_default_stages_are_shown_whole_and_take_back_what_was_shown()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        foreach (var path in Paths)
        {
            foreach (var stage in (await plane.Admin.GotAsync($"stages/{path}/")).GetProperty("results").EnumerateArray())
            {
                await plane.Admin.SentAsync(HttpMethod.Put, $"stages/{path}/{stage.GetProperty("pk").GetGuid()}/", stage, 200);
            }
        }

        var identification = await StageAsync(plane, "identification", "default-authentication-identification");
        Assert.Equal("authentik_stages_identification.identificationstage", identification.GetProperty("meta_model_name").GetString());
        Assert.Equal("default-authentication-flow", Assert.Single(identification.GetProperty("flow_set").EnumerateArray()).GetProperty("slug").GetString());
        Assert.Equal(["email", "username"], identification.GetProperty("user_fields").EnumerateArray().Select(field => field.GetString()));
        Assert.Contains("ak-stage-user-login-form", (await plane.Admin.GotAsync("stages/all/types/")).EnumerateArray().Select(type => type.GetProperty("component").GetString()));
        Assert.Contains("default-authentication-login", (await plane.Admin.GotAsync("stages/all/?page_size=100")).Texts("name"));
    }

    [Theory]
    [InlineData("identification", "user_fields", """["shoe_size"]""")]
    [InlineData("identification", "user_fields", """["upn"]""")]
    [InlineData("identification", "user_fields", "\"email\"")]
    [InlineData("identification", "password_stage", "\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData("identification", "captcha_stage", "\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData("identification", "sources", """["00000000-0000-0000-0000-000000000000"]""")]
    [InlineData("identification", "enrollment_flow", "\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData("identification", "show_matched_user", "\"yes\"")]
    [InlineData("password", "backends", "[]")]
    [InlineData("password", "backends", """["authentik.sources.ldap.auth.LDAPBackend"]""")]
    [InlineData("password", "failed_attempts_before_cancel", "0")]
    [InlineData("user_login", "session_duration", "\"tomorrow\"")]
    [InlineData("user_login", "network_binding", "\"bind_asn\"")]
    [InlineData("user_login", "geoip_binding", "\"bind_continent\"")]
    [InlineData("consent", "mode", "\"sometimes\"")]
    [InlineData("consent", "consent_expire_in", "\"seconds=0\"")]
    [InlineData("prompt/stages", "fields", """["00000000-0000-0000-0000-000000000000"]""")]
    [InlineData("redirect", "target_static", "\"javascript:alert(1)\"")]
    [InlineData("redirect", "target_static", "\"\"")]
    [InlineData("redirect", "target_flow", "\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData("redirect", "keep_context", "true")]
    [InlineData("user_write", "user_type", "\"internal_service_account\"")]
    [InlineData("user_write", "create_users_group", "\"00000000-0000-0000-0000-000000000000\"")]
    public async Task A_setting_that_would_have_no_effect_or_is_wrong_is_refused_by_name(string path, string field, string json)
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var body = Required(path, "mine");
        body[field] = JsonNode.Parse(json);

        Assert.NotEmpty(await plane.Admin.RefusedAsync(HttpMethod.Post, $"stages/{path}/", body, field));
    }

    [Fact]
    public async Task Stages_are_found_by_their_settings()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var inline = await StageAsync(plane, "password", "default-authentication-password");
        await plane.Admin.SentAsync(
            HttpMethod.Post, "stages/identification/", new { name = "with password", password_stage = inline.GetProperty("pk").GetGuid(), show_matched_user = false }, 201);

        Assert.Equal(["with password"], (await plane.Admin.GotAsync($"stages/identification/?password_stage={inline.GetProperty("pk")}")).Texts("name"));
        Assert.Equal(["with password"], (await plane.Admin.GotAsync("stages/identification/?show_matched_user=false")).Texts("name"));
        Assert.Equal(["default-authentication-identification", "default-recovery-identification"], (await plane.Admin.GotAsync("stages/identification/?show_matched_user=true")).Texts("name"));
        Assert.Equal(["with password"], (await plane.Admin.GotAsync("stages/identification/?search=with%20pass")).Texts("name"));
        await plane.Admin.RefusedAsync(HttpMethod.Get, "stages/identification/?shoe_size=43", null, "shoe_size");
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Deleting_a_stage_takes_its_places_and_clears_what_names_it(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var password = (await plane.Admin.SentAsync(HttpMethod.Post, "stages/password/", Required("password", "second password"), 201)).GetProperty("pk").GetGuid();
        var naming = await plane.Admin.SentAsync(HttpMethod.Post, "stages/identification/", new { name = "naming", password_stage = password }, 201);
        var target = await plane.FlowAsync("default-password-change");
        await plane.Admin.SentAsync(HttpMethod.Post, "flows/bindings/", new { target, stage = password, order = 7 }, 201);

        var used = (await plane.Admin.GotAsync($"stages/all/{password}/used_by/")).EnumerateArray().Select(user => $"{user.GetProperty("model_name")} {user.GetProperty("action")}");
        Assert.Equal(["flowstagebinding cascade", "identificationstage set_null"], used);
        await plane.Admin.SentAsync(HttpMethod.Delete, $"stages/all/{password}/", null, 204);

        Assert.Empty((await plane.Admin.GotAsync($"flows/bindings/?stage={password}")).Texts("pk"));
        Assert.Equal(JsonValueKind.Null, (await plane.Admin.GotAsync($"stages/identification/{naming.GetProperty("pk")}/")).GetProperty("password_stage").ValueKind);
    }

    [Fact]
    public async Task What_would_leave_nobody_a_way_to_sign_in_is_refused_and_nothing_changes()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        foreach (var (path, name) in ((string, string)[])
            [("identification", "default-authentication-identification"), ("password", "default-authentication-password"), ("user_login", "default-authentication-login")])
        {
            var stage = await StageAsync(plane, path, name);
            Assert.Contains("sign in", await plane.Admin.RefusedAsync(HttpMethod.Delete, $"stages/all/{stage.GetProperty("pk")}/", null, "non_field_errors"), StringComparison.Ordinal);
            var place = (await plane.Admin.GotAsync($"flows/bindings/?stage={stage.GetProperty("pk")}&target={await plane.FlowAsync("default-authentication-flow")}")).Texts("pk")[0];
            await plane.Admin.RefusedAsync(HttpMethod.Delete, $"flows/bindings/{place}/", null, "non_field_errors");
            await plane.Admin.GotAsync($"flows/bindings/{place}/");
        }

        var identification = await StageAsync(plane, "identification", "default-authentication-identification");
        await plane.Admin.RefusedAsync(
            HttpMethod.Patch, $"stages/identification/{identification.GetProperty("pk")}/", new { user_fields = Array.Empty<string>() }, "non_field_errors");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, "flows/instances/default-authentication-flow/", new { authentication = "require_superuser" }, "non_field_errors");
    }

    [Fact]
    public async Task Who_changed_which_setting_of_a_stage_is_in_the_audit()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var stage = await StageAsync(plane, "password", "default-authentication-password");

        await plane.Admin.SentAsync(HttpMethod.Patch, $"stages/password/{stage.GetProperty("pk")}/", new { failed_attempts_before_cancel = 3 }, 200);

        await using var context = plane.Plane.Open();
        var told = await context.AuditEvents.SingleAsync(audit => audit.Action == "model_updated", Cancel);
        Assert.Equal("akadmin", told.Username);
        Assert.Equal("default-authentication-password", told.Context.GetProperty("model").GetProperty("name").GetString());
        Assert.Equal(["failed_attempts_before_cancel"], told.Context.GetProperty("diff").EnumerateObject().Select(field => field.Name));
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Prompts_are_made_previewed_shown_by_stages_and_deleted(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var body = new { name = "floor", field_key = "attributes.floor", label = "Floor", type = "number", order = 3, sub_text = "Where you sit" };
        var prompt = await plane.Admin.SentAsync(HttpMethod.Post, "stages/prompt/prompts/", body, 201);
        var id = prompt.GetProperty("pk").GetGuid();
        var stage = await plane.Admin.SentAsync(HttpMethod.Post, "stages/prompt/stages/", new { name = "where", fields = new[] { id } }, 201);

        Assert.Equal(id, Assert.Single(stage.GetProperty("fields").EnumerateArray()).GetGuid());
        var read = await plane.Admin.GotAsync($"stages/prompt/prompts/{id}/");
        Assert.Equal("where", Assert.Single(read.GetProperty("prompt_stages_obj").EnumerateArray()).GetProperty("name").GetString());
        await plane.Admin.SentAsync(HttpMethod.Put, $"stages/prompt/prompts/{id}/", read, 200);
        Assert.Equal(["floor"], (await plane.Admin.GotAsync("stages/prompt/prompts/?type=number")).Texts("name"));
        Assert.Equal(["where"], (await plane.Admin.GotAsync($"stages/prompt/stages/?fields={id}")).Texts("name"));
        var preview = await plane.Admin.SentAsync(HttpMethod.Post, "stages/prompt/prompts/preview/", body with { name = "another", label = "Storey" }, 200);
        Assert.Equal("Storey", Assert.Single(preview.GetProperty("fields").EnumerateArray()).GetProperty("label").GetString());
        await plane.Admin.RefusedAsync(HttpMethod.Post, "stages/prompt/prompts/", body, "name");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, $"stages/prompt/prompts/{id}/", new { type = "file" }, "type");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, $"stages/prompt/prompts/{id}/", new { field_key = "flow_token" }, "field_key");
        await plane.Admin.RefusedAsync(HttpMethod.Patch, $"stages/prompt/prompts/{id}/", new { initial_value_expression = true }, "initial_value_expression");
        Assert.Equal("where", Assert.Single((await plane.Admin.GotAsync($"stages/prompt/prompts/{id}/used_by/")).EnumerateArray()).GetProperty("name").GetString());
        await plane.Admin.SentAsync(HttpMethod.Delete, $"stages/prompt/prompts/{id}/", null, 204);
        Assert.Empty((await plane.Admin.GotAsync($"stages/prompt/stages/{stage.GetProperty("pk")}/")).GetProperty("fields").EnumerateArray());
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_stage_is_put_into_a_flow_moved_and_taken_out(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        var target = (await plane.Admin.SentAsync(HttpMethod.Post, "flows/instances/", new { name = "x", slug = "x", title = "x", designation = "enrollment" }, 201)).GetProperty("pk").GetGuid();
        var stage = (await plane.Admin.SentAsync(HttpMethod.Post, "stages/deny/", new { name = "no" }, 201)).GetProperty("pk").GetGuid();
        var place = await plane.Admin.SentAsync(HttpMethod.Post, "flows/bindings/", new { target, stage, order = 5 }, 201);
        var path = $"flows/bindings/{place.GetProperty("pk")}/";

        Assert.True(place.GetProperty("re_evaluate_policies").GetBoolean());
        Assert.Equal("no", place.GetProperty("stage_obj").GetProperty("name").GetString());
        await plane.Admin.RefusedAsync(HttpMethod.Post, "flows/bindings/", new { target, stage, order = 5 }, "order");
        await plane.Admin.RefusedAsync(HttpMethod.Post, "flows/bindings/", new { target = Guid.Empty, stage, order = 6 }, "target");
        await plane.Admin.RefusedAsync(HttpMethod.Post, "flows/bindings/", new { target, stage = Guid.Empty, order = 6 }, "stage");
        await plane.Admin.RefusedAsync(HttpMethod.Post, "flows/bindings/", new { target = await plane.FlowAsync("initial-setup"), stage, order = 0 }, "target");
        await plane.Admin.SentAsync(HttpMethod.Put, path, await plane.Admin.GotAsync(path), 200);
        var moved = await plane.Admin.SentAsync(HttpMethod.Patch, path, new { order = 9, invalid_response_action = "restart", evaluate_on_plan = true }, 200);
        Assert.Equal(9, moved.GetProperty("order").GetInt32());
        Assert.Equal([$"{stage}"], (await plane.Admin.GotAsync($"flows/bindings/?target={target}&ordering=-order")).Texts("stage"));
        Assert.Equal([$"{stage}"], (await plane.Admin.GotAsync("flows/instances/x/")).GetProperty("stages").EnumerateArray().Select(id => id.ToString()));
        Assert.Empty((await plane.Admin.GotAsync(path + "used_by/")).EnumerateArray());
        await plane.Admin.SentAsync(HttpMethod.Delete, path, null, 204);
        Assert.Empty((await plane.Admin.GotAsync("flows/instances/x/")).GetProperty("stages").EnumerateArray());
    }

    private static JsonObject Required(string path, string name) => path switch
    {
        "password" => new JsonObject { ["name"] = name, ["backends"] = new JsonArray("authentik.core.auth.InbuiltBackend") },
        "authenticator/totp" => new JsonObject { ["name"] = name, ["digits"] = "6" },
        "captcha" => new JsonObject { ["name"] = name, ["public_key"] = "public", ["private_key"] = "private" },
        "prompt/stages" => new JsonObject { ["name"] = name, ["fields"] = new JsonArray() },
        "redirect" => new JsonObject { ["name"] = name, ["mode"] = "static", ["target_static"] = "https://www.example.com/" },
        _ => new JsonObject { ["name"] = name },
    };

    private static async Task<JsonElement> StageAsync(ApiPlane plane, string path, string name) =>
        (await plane.Admin.GotAsync($"stages/{path}/?name={name}")).GetProperty("results")[0];
}
