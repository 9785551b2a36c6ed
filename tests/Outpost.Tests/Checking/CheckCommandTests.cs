using System.Text.Json.Nodes;
using Sidecar.Contracts;
using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Snapshots;
using Sidecar.Decisions;
using Sidecar.Outpost.Checking;
using Sidecar.Outpost.Hosting;
using Sidecar.Outpost.Signing;
using Sidecar.TestKit.Snapshots;

namespace Sidecar.Outpost.Tests.Checking;

public sealed class CheckCommandTests : IDisposable
{
    private const string Page = "https://docs.example.com/page";

    private readonly string _folder = Directory.CreateTempSubdirectory("sidecar-check-").FullName;

    public CheckCommandTests() => Write("policy.json", PolicyInReadme.Text);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("https://docs.example.com/public/logo.svg", true, "allow: public-path")]
    [InlineData(Page, false, "sign-in: not-signed-in")]
    [InlineData(Page, true, "allow: group-binding", "--group", "Editors")]
    [InlineData(Page, true, "allow: group-binding", "--user", "ana", "--group", "11111111-2222-4333-8444-555555555555")]
    [InlineData(Page, false, "deny: not-bound", "--user", "ana")]
    [InlineData("https://docs.example.com/public/../page", false, "deny: ambiguous-path")]
    [InlineData("https://docs.example.com/page?/public/", false, "sign-in: not-signed-in")]
    [InlineData("https://other.example.com/", false, "deny: unknown-host", "--group", "Editors")]
    [InlineData("https://docs.example.com:8443/", false, "deny: unknown-host")]
    public void Decides_as_the_outpost_does(string url, bool allows, string verdict, params string[] who)
    {
        var (text, allowed) = Check(["--url", url, .. who]);

        Assert.Equal(allows, allowed);
        Assert.StartsWith(verdict + "\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_step_by_step_what_decided()
    {
        var (text, _) = Check(["--url", Page, "--user", "ana", "--group", "Editors", "--method", "POST", "--client", "203.0.113.7"]);

        Assert.Equal(
            $"""
            allow: group-binding
            {Reasons.HelpOf(Reason.GroupBinding)}

            POST {Page} by ana from 203.0.113.7
            - host docs.example.com: application Documentation (docs)
            - path: read as /page
            - person: signed in
            - bindings: one of 1 must let in
            -   group Editors: lets in (group-binding)
            - unauthenticated path ^/public/: does not match
            The policy is not signed, or its signature was not checked.
            """,
            text);
    }

    [Fact]
    public void Says_the_same_to_scripts()
    {
        var (text, allows) = Check(["--url", Page, "--json"]);

        var json = JsonNode.Parse(text)!;
        Assert.False(allows);
        Assert.Equal(("sign-in", "not-signed-in", "docs"), ((string?)json["verdict"], (string?)json["reason"], (string?)json["application"]));
        Assert.Contains("person: nobody is signed in", json["steps"]!.AsArray().Select(step => (string?)step));
    }

    [Fact]
    public void A_person_may_come_from_a_file()
    {
        var person = new JsonObject
        {
            ["id"] = Guid.NewGuid(),
            ["revision"] = 1,
            ["uid"] = "u",
            ["username"] = "ana",
            ["name"] = "Ana",
            ["email"] = "",
            ["active"] = false,
            ["groups"] = new JsonArray("11111111-2222-4333-8444-555555555555"),
            ["sessions"] = new JsonArray(),
        };
        Write("ana.json", person.ToJsonString());

        var (text, allows) = Check(["--url", Page, "--principal", In("ana.json")]);

        Assert.False(allows);
        Assert.StartsWith("deny: principal-inactive\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signed_snapshot_is_read_and_with_a_key_only_if_the_signature_is_good()
    {
        Write("key.json", SigningCommands.MakeKey(In("key.pem")));
        Write("other.json", SigningCommands.MakeKey(In("other.pem")));
        File.WriteAllBytes(In("signed"), SigningCommands.Sign(In("policy.json"), In("key.pem")));
        string[] signed = ["--snapshot", In("signed"), "--url", Page, "--group", "Editors"];

        Assert.Contains("was not checked", CheckCommand.Run(signed).Text, StringComparison.Ordinal);
        Assert.EndsWith("The snapshot's signature was checked.", CheckCommand.Run([.. signed, "--snapshot-key", In("key.json")]).Text, StringComparison.Ordinal);
        Assert.Contains("UnknownKey", Refused([.. signed, "--snapshot-key", In("other.json")]), StringComparison.Ordinal);
        Assert.Contains("Malformed", Refused(["--snapshot", In("policy.json"), "--snapshot-key", In("key.json"), "--url", Page]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--url")]
    [InlineData("--url", "docs.example.com/page")]
    [InlineData("--url", "https:///page")]
    [InlineData("--url", Page, "--group", "Nobody")]
    [InlineData("--url", Page, "--client", "somewhere")]
    [InlineData("--url", Page, "--user", "ana", "--principal", "ana.json")]
    [InlineData("--url", Page, "--principal", "missing.json")]
    [InlineData("--url", Page, "--verbose")]
    [InlineData("--url", Page, "extra")]
    [InlineData("--json")]
    public void Wrong_arguments_are_no_verdict(params string[] arguments) =>
        Assert.NotEmpty(Refused(["--snapshot", In("policy.json"), .. arguments]));

    [Fact]
    public void A_snapshot_is_needed() => Assert.Contains("--snapshot", Refused(["--url", Page]), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"unauthenticated_paths\"", "\"unauthenticated_path\"", "unauthenticated_path")]
    [InlineData("^/public/", "^/(public", "unauthenticated path")]
    [InlineData("https://docs.example.com", "docs.example.com", "external host")]
    [InlineData("\"enabled\": true", "\"enabled\": \"yes\"", "policy.json is not a Snapshot")]
    public void A_slip_of_the_pen_in_a_policy_is_refused(string written, string slip, string told)
    {
        Write("policy.json", PolicyInReadme.Text.Replace(written, slip, StringComparison.Ordinal));

        Assert.Contains(told, Refused(["--snapshot", In("policy.json"), "--url", Page]), StringComparison.Ordinal);
        SigningCommands.MakeKey(In("key.pem"));
        Assert.Contains(told, Assert.Throws<OutpostStartException>(() => SigningCommands.Sign(In("policy.json"), In("key.pem"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_planes_snapshot_may_hold_what_this_program_does_not_know()
    {
        using var key = EcKeys.Create();
        var newer = PolicyInReadme.Text.Replace("\"epoch\"", "\"of_tomorrow\": 1, \"epoch\"", StringComparison.Ordinal);
        File.WriteAllBytes(In("signed"), SignedDocument.Write(Snapshot.DocumentType, 2, 1, System.Text.Encoding.UTF8.GetBytes(newer), key));
        Write("key.json", System.Text.Json.JsonSerializer.Serialize(EcKeys.Publish(key), ContractsJson.Default.PublicKeyRecord));

        Assert.True(CheckCommand.Run(["--snapshot", In("signed"), "--snapshot-key", In("key.json"), "--url", Page, "--group", "Editors"]).Allows);
    }

    private (string Text, bool Allows) Check(string[] arguments) => CheckCommand.Run(["--snapshot", In("policy.json"), .. arguments]);

    private static string Refused(string[] arguments) => Assert.Throws<OutpostStartException>(() => CheckCommand.Run(arguments)).Message;

    private string In(string name) => Path.Combine(_folder, name);

    private void Write(string name, string text) => File.WriteAllText(In(name), text);
}
