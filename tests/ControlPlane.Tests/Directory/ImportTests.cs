using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Directory.Import;
using Sidecar.ControlPlane.Tests.Api;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Directory;

public sealed class ImportTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task A_file_of_users_is_added_with_groups_attributes_and_passwords_after_a_run_that_adds_nothing(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        await plane.CreateGroupAsync("staff");
        await plane.CreateGroupAsync("night shift");
        var hash = PasswordHasher.Hash("a passphrase that moved here");
        var csv = "\uFEFFusername,name,email,groups,attributes,password_hash,is_active\r\n"
            + $"ana,\"Ana, the first\",ana@example.com,staff|night shift,\"{{\"\"floor\"\": 3}}\",\"{hash}\",true\r\n"
            + "ben,\"Ben\nsaid \"\"hello\"\"\",,,,,false\r\n";
        csv = csv.Replace("Ben\nsaid", "Ben said", StringComparison.Ordinal);

        var (status, answer) = await SendAsync(plane, csv, dryRun: true);
        Assert.Equal((200, 2), (status, answer.GetProperty("users").GetInt32()));
        Assert.Equal(0, (await plane.Admin.GotAsync("core/users/?search=ana")).GetProperty("pagination").GetProperty("count").GetInt32());
        (status, _) = await SendAsync(plane, csv);
        Assert.Equal(200, status);

        var ana = (await plane.Admin.GotAsync("core/users/?username=ana")).GetProperty("results")[0];
        Assert.Equal(("Ana, the first", 3), (ana.GetProperty("name").GetString(), ana.GetProperty("attributes").GetProperty("floor").GetInt32()));
        Assert.Equal(["night shift", "staff"], ana.GetProperty("groups_obj").EnumerateArray().Select(group => group.GetProperty("name").GetString()));
        var ben = (await plane.Admin.GotAsync("core/users/?username=ben")).GetProperty("results")[0];
        Assert.Equal(("Ben said \"hello\"", false), (ben.GetProperty("name").GetString(), ben.GetProperty("is_active").GetBoolean()));
        await using var context = plane.Plane.Open();
        Assert.True(PasswordHasher.Verify((await context.Users.SingleAsync(user => user.Username == "ana", Cancel)).PasswordHash, "a passphrase that moved here"));
        Assert.Equal(2, await context.AuditEvents.CountAsync(audit => audit.Action == "model_created" && audit.ModelName == "user" && audit.Username == "akadmin", Cancel));
    }

    [Theory]
    [MemberData(nameof(DatabaseKinds.Both), MemberType = typeof(DatabaseKinds))]
    public async Task Each_bad_line_and_field_is_named_and_nothing_is_added(DatabaseKind kind)
    {
        await using var plane = await ApiPlane.StartAsync(postgres, kind);
        await plane.CreateUserAsync("Öle");
        const string csv = """
            username,name,email,groups,attributes,password_hash,type,is_active,path
            good,Good,good@example.com,,,,,,
            o\u0308le,,,,,,,,
            GOOD,,,,,,,,
            cid,,a@b@c,none,[],$1$abc$def,robot,perhaps,/x/
            dan
            """;

        var (status, answer) = await SendAsync(plane, csv.Replace("\\u0308", "\u0308", StringComparison.Ordinal));

        Assert.Equal(400, status);
        Assert.Equal(
            ["3 username", "4 username", "5 attributes", "5 email", "5 groups", "5 is_active", "5 password_hash", "5 path", "5 type", "6 "],
            answer.GetProperty("problems").EnumerateArray().Select(problem => $"{problem.GetProperty("line")} {problem.GetProperty("field").GetString()}").Order(StringComparer.Ordinal));
        Assert.Equal(0, (await plane.Admin.GotAsync("core/users/?search=good")).GetProperty("pagination").GetProperty("count").GetInt32());
    }

    [Theory]
    [InlineData("", "first line")]
    [InlineData("username,name\n", "from 1 to")]
    [InlineData("[]", "from 1 to")]
    [InlineData("[{\"username\": \"a\", \"username\": \"b\"}]", "JSON")]
    [InlineData("[1]", "object")]
    [InlineData("[{\"username\": 1}]", "text")]
    [InlineData("[{\"username\": \"ana\", \"is_superuser\": true}]", "no such field")]
    [InlineData("[{\"username\": \"ana\", \"type\": \"internal_service_account\"}]", "service_account")]
    [InlineData("[{\"username\": \"аna\"}]", "letters in one name")]
    [InlineData("[{\"username\": \"ana\", \"groups\": [1]}]", "names of groups")]
    [InlineData("[{\"username\": \"ana\", \"attributes\": {\"additionalHeaders\": {\"X-authentik-username\": \"root\"}}}]", "reserved")]
    [InlineData("[{\"username\": \"ana\", \"password_hash\": \"$argon2id$v=19$m=19456,t=2,p=8$AAAA$AAAA\"}]", "Argon2id")]
    [InlineData("username,username\na,b", "twice")]
    [InlineData("username\n\"ana", "not closed")]
    [InlineData("username\nan\"a", "quotation mark")]
    public void What_is_no_list_of_users_is_told(string text, string problem)
    {
        var (entries, problems) = ImportFile.Read(text);
        var reader = new ImportReader(Samples.Now);
        foreach (var entry in entries)
        {
            reader.Read(entry);
        }

        Assert.Contains(problems.Concat(reader.Problems), told => told.Problem.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void The_line_of_an_entry_is_where_it_begins_also_behind_values_of_several_lines()
    {
        var (entries, problems) = ImportFile.Read("username,name\n\nana,\"one\r\ntwo\"\nben,x\n");

        Assert.Empty(problems);
        Assert.Equal([3, 5], entries.Select(entry => entry.Line));
    }

    [Fact]
    public async Task The_command_says_what_it_would_do_and_does_it_beside_the_running_server()
    {
        await using var plane = await ApiPlane.StartAsync(postgres);
        var file = Path.Combine(plane.Plane.StateFolder, "users.json");
        await File.WriteAllTextAsync(file, """[{"username": "ana", "name": "Ana"}]""", Cancel);

        Assert.Equal((0, "1 users would be added.", ""), await RunAsync(plane, file, dryRun: true));
        Assert.Equal((0, "1 users were added.", ""), await RunAsync(plane, file, dryRun: false));
        var (code, _, errors) = await RunAsync(plane, file, dryRun: false);

        Assert.Equal(1, code);
        Assert.StartsWith($"{file}:1, username: A user of this name is there already.", errors, StringComparison.Ordinal);
        Assert.Equal(["ana"], (await plane.Admin.GotAsync("core/users/?username=ana")).Texts("username"));
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(ApiPlane plane, string file, bool dryRun)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await ImportCommand.RunAsync(plane.Plane.Services.GetRequiredService<ControlPlaneOptions>(), file, dryRun, output, errors);
        return (code, output.ToString().Trim(), errors.ToString().Trim());
    }

    // Not one of authentik's addresses, so its document has no say.
    private static async Task<(int Status, JsonElement Answer)> SendAsync(ApiPlane plane, string text, bool dryRun = false)
    {
        using var client = new HttpClient { BaseAddress = new Uri(plane.Address, "/api/v3/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiPlane.AdminToken);
        using var content = new StringContent(text, Encoding.UTF8, "text/csv");
        using var response = await client.PostAsync($"core/users/import/?dry_run={(dryRun ? "true" : "false")}", content, Cancel);
        return ((int)response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel)).RootElement);
    }
}
