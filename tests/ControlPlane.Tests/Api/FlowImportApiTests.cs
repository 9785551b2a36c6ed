using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Api;

public sealed class FlowImportApiTests(PostgresFixture postgres)
{
    private const string Address = "managed/blueprints/import/";

    // As authentik's own blueprints are written: YAML, entries that refer to each other by !KeyOf and to what is there by !Find.
    private const string Enrolment = """
        version: 1
        metadata:
          name: An example
          labels: {blueprints.goauthentik.io/instantiate: "false"}
        entries:
        - identifiers:
            slug: example-flow
          id: flow
          model: authentik_flows.flow
          attrs:
            name: Example
            title: Come in
            designation: authentication
            authentication: none
        - identifiers:
            name: example-logout
          id: logout
          model: authentik_stages_user_logout.userlogoutstage
        - identifiers: {name: example-field}
          id: field
          model: authentik_stages_prompt.prompt
          attrs: {field_key: example, label: 'Is it 1?', type: text, required: yes_please, order: 0}
        - identifiers: {name: example-prompt}
          id: prompt
          model: authentik_stages_prompt.promptstage
          attrs:
            fields:
            - !KeyOf field
        - identifiers: {name: example-password}
          id: password
          model: authentik_stages_password.passwordstage
          attrs:
            backends: [authentik.core.auth.InbuiltBackend]
            configure_flow: !Find [authentik_flows.flow, [slug, default-password-change]]
        - identifiers: {order: 10, stage: !KeyOf prompt, target: !KeyOf flow}
          model: authentik_flows.flowstagebinding
          attrs: {re_evaluate_policies: true}
        - identifiers: {order: 20, stage: !KeyOf password, target: !KeyOf flow}
          model: authentik_flows.flowstagebinding
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task What_was_exported_is_the_same_flow_in_another_installation(DatabaseKind kind)
    {
        await using var here = await ApiPlane.StartAsync(postgres);
        await using var there = await ApiPlane.StartAsync(postgres, kind);
        foreach (var slug in (string[])["default-authentication-flow", "default-password-change", "default-user-settings-flow", "default-authenticator-totp-setup"])
        {
            var file = await ExportAsync(here, slug);
            await there.Plane.Open().Flows.Where(flow => flow.Slug == slug && flow.Slug != "default-authentication-flow" && flow.Slug != "default-user-settings-flow").ExecuteDeleteAsync(Cancel);

            Assert.Equal("Imported.", EventsOf(await ImportAsync(there, file)));

            Assert.Equal(Comparable(file), Comparable(await ExportAsync(there, slug)));
        }
    }

    [Fact]
    public async Task Into_a_database_without_flows_a_flow_comes_with_all_that_it_consists_of_and_under_its_own_numbers()
    {
        await using var here = await ApiPlane.StartAsync(postgres);
        await using var there = await ApiPlane.StartAsync(postgres);
        var inline = await here.Admin.SentAsync(HttpMethod.Post, "stages/password/", new { name = "inline", backends = new[] { "authentik.core.auth.InbuiltBackend" } }, 201);
        var identification = await here.Admin.SentAsync(
            HttpMethod.Post, "stages/identification/", new { name = "who", user_fields = new[] { "username" }, password_stage = inline.GetProperty("pk").GetGuid() }, 201);
        var flow = await here.Admin.SentAsync(HttpMethod.Post, "flows/instances/", new { name = "mine", slug = "mine", title = "Mine", designation = "authentication" }, 201);
        await here.Admin.SentAsync(HttpMethod.Post, "flows/bindings/", new { target = flow.GetProperty("pk").GetGuid(), stage = identification.GetProperty("pk").GetGuid(), order = 5 }, 201);
        await using (var context = there.Plane.Open())
        {
            await context.FlowStageBindings.ExecuteDeleteAsync(Cancel);
            await context.Stages.ExecuteDeleteAsync(Cancel);
        }

        var file = await ExportAsync(here, "mine");
        Assert.Equal("Imported.", EventsOf(await ImportAsync(there, file)));

        Assert.Equal(file, await ExportAsync(there, "mine"));
        Assert.Equal(inline.GetProperty("pk").GetGuid(), (await there.Admin.GotAsync($"stages/identification/{identification.GetProperty("pk").GetGuid()}/")).GetProperty("password_stage").GetGuid());

        // Once more: nothing is doubled.
        Assert.True((await ImportAsync(there, file)).GetProperty("success").GetBoolean());
        Assert.Equal(1, (await there.Admin.GotAsync("flows/bindings/")).GetProperty("pagination").GetProperty("count").GetInt32());
        Assert.True((await there.Admin.GotAsync("events/events/?action=model_created&search=mine")).GetProperty("pagination").GetProperty("count").GetInt32() > 0);
    }

    [Fact]
    public async Task A_file_as_authentik_writes_them_is_read_with_its_references()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);

        var refused = await ImportAsync(plane, Enrolment);
        Assert.Contains("Line 22: authentik_stages_prompt.prompt \"example-field\": required: Must be true or false.", EventsOf(refused), StringComparison.Ordinal);
        var done = await ImportAsync(plane, Enrolment.Replace("yes_please", "true", StringComparison.Ordinal));

        Assert.True(done.GetProperty("success").GetBoolean(), $"{done}");
        await using var context = plane.Plane.Open();
        var flow = await context.Flows.Include(row => row.StageBindings).ThenInclude(binding => binding.Stage).SingleAsync(row => row.Slug == "example-flow", Cancel);
        Assert.Equal(["example-prompt", "example-password"], flow.StageBindings.OrderBy(binding => binding.Order).Select(binding => binding.Stage!.Name));
        Assert.Equal((await context.Flows.SingleAsync(row => row.Slug == "default-password-change", Cancel)).Id, flow.StageBindings.Single(binding => binding.Order == 20).Stage!.Settings.Id("configure_flow"));
        Assert.True(await context.Stages.AnyAsync(stage => stage.Name == "example-logout", Cancel));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_wrong_and_changes_nothing()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var before = await CountAsync(plane);

        Assert.False((await ImportAsync(plane, Enrolment, dry: true)).GetProperty("success").GetBoolean());
        Assert.True((await ImportAsync(plane, Enrolment.Replace("yes_please", "true", StringComparison.Ordinal), dry: true)).GetProperty("success").GetBoolean());

        Assert.Equal(before, await CountAsync(plane));
    }

    [Theory]
    [InlineData("model: authentik_stages_password.passwordstage", "model: authentik_enterprise.license", "Line 29: authentik_enterprise.license is not known here")]
    [InlineData("model: authentik_stages_password.passwordstage", "model: authentik_policies_expression.expressionpolicy", "Line 29: authentik_policies_expression.expressionpolicy is not imported: policies belong")]
    [InlineData("title: Come in", "titel: Come in", "Line 12: authentik_flows.flow \"example-flow\": titel: There is no such field.")]
    [InlineData("- !KeyOf field", "- !KeyOf nothing", "No entry before this one has the id \"nothing\".")]
    [InlineData("- !KeyOf field", "- !File /etc/passwd", "Line 28: The tag !File is not read here")]
    [InlineData("- !KeyOf field", "- !Env AUTHENTIK_SECRET_KEY", "The tag !Env is not read here")]
    [InlineData("- !KeyOf field", "- !!python/object/apply:os.system [id]", "is not read here")]
    [InlineData("slug, default-password-change", "slug, none-such", "There is no authentik_flows.flow with slug \"none-such\" here.")]
    [InlineData("title: Come in", "title: &a Come in", "Anchors and aliases are not read")]
    [InlineData("title: Come in", "title: *a", "Anchors and aliases are not read")]
    [InlineData("title: Come in", "title: \"a\\0b\"", "Null characters are not allowed.")]
    [InlineData("title: Come in", "name: Twice", "Line 12: \"name\" stands here twice.")]
    [InlineData("title: Come in", "title: [", "Line")]
    [InlineData("version: 1", "version: 2", "Line 1: Only version 1 is read.")]
    [InlineData("version: 1", "version: 1\ncontext: {a: b}", "A context is not read")]
    [InlineData("  model: authentik_flows.flow\n", "  model: authentik_flows.flow\n  state: absent\n", "nothing is deleted by an import")]
    [InlineData("  model: authentik_flows.flow\n", "  model: authentik_flows.flow\n  conditions: [true]\n", "\"conditions\" of an entry is not read here.")]
    [InlineData("slug: example-flow", "slug: initial-setup", "What a flow is made for cannot be changed.")]
    public async Task What_is_not_known_is_refused_by_name_and_line_and_nothing_of_the_file_is_kept(string part, string instead, string reason)
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var before = await CountAsync(plane);
        var file = Enrolment.Replace("yes_please", "true", StringComparison.Ordinal);
        Assert.Contains(part, file, StringComparison.Ordinal);

        var answer = await ImportAsync(plane, file.Replace(part, instead, StringComparison.Ordinal));

        Assert.False(answer.GetProperty("success").GetBoolean());
        Assert.Contains(reason, EventsOf(answer), StringComparison.Ordinal);
        Assert.Equal(before, await CountAsync(plane));
    }

    [Fact]
    public async Task A_small_file_that_would_become_a_huge_one_or_a_deep_one_is_refused_at_once()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n";

        Assert.Contains("Anchors and aliases are not read", EventsOf(await ImportAsync(plane, bomb)), StringComparison.Ordinal);
        Assert.Contains("32 deep", EventsOf(await ImportAsync(plane, "version: " + new string('[', 100_000))), StringComparison.Ordinal);
        Assert.Contains("at most 20000 values", EventsOf(await ImportAsync(plane, "version: [" + string.Join(',', Enumerable.Repeat("1", 30_000)) + "]")), StringComparison.Ordinal);
        using var large = await SendAsync(plane, new string(' ', 600 * 1024), dry: false);
        Assert.Equal(400, (int)large.StatusCode);
    }

    [Fact]
    public async Task An_import_after_which_nobody_could_sign_in_is_refused()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var file = JsonNode.Parse(await ExportAsync(plane, "default-authentication-flow"))!;
        var identification = file["entries"]!.AsArray().Single(entry => entry!["model"]!.ToString() == "authentik_stages_identification.identificationstage")!;
        identification["attrs"]!["user_fields"] = new JsonArray();

        var answer = await ImportAsync(plane, file.ToJsonString());

        Assert.False(answer.GetProperty("success").GetBoolean());
        Assert.Contains("nobody could sign in any more", EventsOf(answer), StringComparison.Ordinal);
        Assert.NotEmpty((await plane.Admin.GotAsync("stages/identification/?name=default-authentication-identification")).GetProperty("results")[0].GetProperty("user_fields").EnumerateArray());
    }

    private static async Task<string> ExportAsync(ApiPlane plane, string slug)
    {
        using var client = new HttpClient { BaseAddress = plane.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiPlane.AdminToken);
        return await client.GetStringAsync(new Uri($"api/v3/flows/instances/{slug}/export/", UriKind.Relative), Cancel);
    }

    private static async Task<JsonElement> ImportAsync(ApiPlane plane, string file, bool dry = false)
    {
        using var response = await SendAsync(plane, file, dry);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private static async Task<HttpResponseMessage> SendAsync(ApiPlane plane, string file, bool dry)
    {
        using var form = new MultipartFormDataContent { { new StringContent(file), "file", "flow.yaml" } };
        if (dry)
        {
            form.Add(new StringContent("true"), "dry_run");
        }

        return await plane.Admin.PostAsync(new Uri(Address, UriKind.Relative), form, Cancel);
    }

    private static string EventsOf(JsonElement answer) => string.Join('\n', answer.GetProperty("logs").EnumerateArray().Select(log => log.GetProperty("event").GetString()));

    private static async Task<(int Flows, int Stages, int Bindings, int Prompts, int Events)> CountAsync(ApiPlane plane)
    {
        await using var context = plane.Plane.Open();
        return (await context.Flows.CountAsync(Cancel), await context.Stages.CountAsync(Cancel), await context.FlowStageBindings.CountAsync(Cancel), await context.Prompts.CountAsync(Cancel),
            await context.AuditEvents.CountAsync(Cancel));
    }

    /// <summary>Every number replaced by the place at which the file says it first: two installations have different ones.</summary>
    private static string Comparable(string file)
    {
        var seen = new Dictionary<string, string>();
        return System.Text.RegularExpressions.Regex.Replace(
            file, "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", match => seen.TryGetValue(match.Value, out var known) ? known : seen[match.Value] = $"id {seen.Count}");
    }
}
