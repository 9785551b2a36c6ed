using System.Text;
using System.Text.Json;
using Sidecar.Contracts.Principals;
using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Snapshots;

namespace Sidecar.Contracts.Tests.Snapshots;

public sealed class SnapshotDocumentTests
{
    private static readonly string[] Required =
        ["id", "name", "client_id", "mode", "external_host", "authorization_url", "end_session_url", "issuer", "jwks_url"];

    private static readonly string Golden = Path.Combine(AppContext.BaseDirectory, "Golden");

    [Fact]
    public void What_is_written_is_read_back_whole()
    {
        using var key = Samples.Key();
        var document = SnapshotDocument.Write(Samples.Snapshot(), key);

        Assert.Equal(SignedDocumentFault.None, SnapshotDocument.TryRead(document, _ => key, out var read));
        Assert.Equal(ToJson(Samples.Snapshot()), ToJson(read!));
    }

    [Fact]
    public void A_snapshot_of_this_version_written_long_ago_is_still_read()
    {
        using var key = Samples.Key();
        var document = File.ReadAllBytes(Path.Combine(Golden, "snapshot-1.golden"));

        Assert.Equal(SignedDocumentFault.None, SnapshotDocument.TryRead(document, _ => key, out var read));
        Assert.Equal(ToJson(Samples.Snapshot()), ToJson(read!));
    }

    [Fact]
    public void A_snapshot_of_the_next_version_is_read_if_it_allows_this_reader()
    {
        using var key = Samples.Key();
        var document = File.ReadAllBytes(Path.Combine(Golden, "snapshot-2.golden"));

        Assert.Equal(SignedDocumentFault.None, SnapshotDocument.TryRead(document, _ => key, out var read));
        Assert.Equal("Wiki", Assert.Single(read!.Applications).Name);
    }

    [Fact]
    public void A_principal_written_long_ago_and_one_of_the_next_version_are_read()
    {
        foreach (var name in new[] { "principal-1.golden", "principal-2.golden" })
        {
            var read = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(Golden, name)), ContractsJson.Default.Principal);

            Assert.Equal(
                JsonSerializer.Serialize(Samples.Principal(), ContractsJson.Default.Principal), JsonSerializer.Serialize(read!, ContractsJson.Default.Principal));
        }
    }

    [Theory]
    [InlineData("revision")]
    [InlineData("applications")]
    [InlineData("ticket_keys")]
    [InlineData("installation")]
    public void A_snapshot_without_a_required_member_is_refused_whole(string member)
    {
        using var key = Samples.Key();
        var json = System.Text.Json.Nodes.JsonNode.Parse(ToJson(Samples.Snapshot()))!.AsObject();
        json.Remove(member);
        var document = SignedDocument.Write(Snapshot.DocumentType, 1, 1, Encoding.UTF8.GetBytes(json.ToJsonString()), key);

        Assert.Equal(SignedDocumentFault.Malformed, SnapshotDocument.TryRead(document, _ => key, out var read));
        Assert.Null(read);
    }

    [Fact]
    public void Members_that_are_left_out_have_their_defaults()
    {
        using var key = Samples.Key();
        var json = System.Text.Json.Nodes.JsonNode.Parse(ToJson(Samples.Snapshot()))!.AsObject();
        var provider = json["applications"]![0]!["provider"]!.AsObject();
        foreach (var (name, _) in provider.Where(member => !Required.Contains(member.Key)).ToArray())
        {
            provider.Remove(name);
        }

        json["groups"]![0]!.AsObject().Remove("parents");
        json["brand"]!.AsObject().Remove("logo");
        var document = SignedDocument.Write(Snapshot.DocumentType, 1, 1, Encoding.UTF8.GetBytes(json.ToJsonString()), key);

        Assert.Equal(SignedDocumentFault.None, SnapshotDocument.TryRead(document, _ => key, out var read));
        var sample = Samples.Snapshot().Applications[0].Provider;
        var made = new ProviderRecord
        {
            Id = sample.Id,
            Name = sample.Name,
            ClientId = sample.ClientId,
            Mode = sample.Mode,
            ExternalHost = sample.ExternalHost,
            AuthorizationUrl = sample.AuthorizationUrl,
            EndSessionUrl = sample.EndSessionUrl,
            Issuer = sample.Issuer,
            JwksUrl = sample.JwksUrl,
        };
        Assert.Equal(ToJson(Samples.Snapshot() with { Applications = [Samples.Snapshot().Applications[0] with { Provider = made }] }), ToJson(Samples.Snapshot() with { Applications = read!.Applications }));
        Assert.Empty(read.Groups[0].Parents);
        Assert.Equal("", read.Brand.Logo);
    }

    [Theory]
    [InlineData("\"unauthenticated_paths\":[", "\"unauthenticated_paths\":null,\"x\":[")]
    [InlineData("\"scopes\":\"", "\"scopes\":null,\"x\":\"")]
    public void Null_is_no_default(string member, string with)
    {
        using var key = Samples.Key();
        var json = ToJson(Samples.Snapshot()).Replace(member, with, StringComparison.Ordinal);
        var document = SignedDocument.Write(Snapshot.DocumentType, 1, 1, Encoding.UTF8.GetBytes(json), key);

        Assert.Equal(SignedDocumentFault.Malformed, SnapshotDocument.TryRead(document, _ => key, out _));
    }

    [Fact]
    public void A_binding_of_a_kind_that_is_not_known_costs_only_itself()
    {
        using var key = Samples.Key();
        var newer = ToJson(Samples.Snapshot()).Replace("\"subject\":\"Group\"", "\"subject\":\"Weather\"", StringComparison.Ordinal);

        var document = SignedDocument.Write(Snapshot.DocumentType, 1, 1, Encoding.UTF8.GetBytes(newer), key);

        Assert.Equal(SignedDocumentFault.None, SnapshotDocument.TryRead(document, _ => key, out var read));
        Assert.Equal(BindingSubject.Unknown, Assert.Single(Assert.Single(read!.Applications).Bindings).Subject);
    }

    [Fact]
    public void A_snapshot_with_a_member_twice_is_refused()
    {
        using var key = Samples.Key();
        var twice = ToJson(Samples.Snapshot()).Replace("\"revision\":7", "\"revision\":7,\"revision\":8", StringComparison.Ordinal);

        var document = SignedDocument.Write(Snapshot.DocumentType, 1, 1, Encoding.UTF8.GetBytes(twice), key);

        Assert.Equal(SignedDocumentFault.Malformed, SnapshotDocument.TryRead(document, _ => key, out _));
    }

    [Fact]
    public void A_snapshot_holds_no_secret()
    {
        var json = ToJson(Samples.Snapshot());

        Assert.DoesNotContain("secret", json, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("sealing", json, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("password", json.Replace("basic_auth_password_attribute", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_principal_without_its_optional_members_has_none_of_them()
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(JsonSerializer.Serialize(Samples.Principal(), ContractsJson.Default.Principal))!.AsObject();
        foreach (var name in new[] { "entitlements", "attributes", "credentials" })
        {
            json.Remove(name);
        }

        var read = JsonSerializer.Deserialize(json.ToJsonString(), ContractsJson.Default.Principal)!;

        Assert.Empty(read.Entitlements);
        Assert.Empty(read.Attributes);
        Assert.Empty(read.Credentials);
    }

    [Fact]
    public void A_principal_that_says_nothing_about_being_active_is_refused()
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(JsonSerializer.Serialize(Samples.Principal(), ContractsJson.Default.Principal))!.AsObject();
        json.Remove(nameof(Principal.Active).ToLowerInvariant());

        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json.ToJsonString(), ContractsJson.Default.Principal));
    }

    private static string ToJson(Snapshot snapshot) => JsonSerializer.Serialize(snapshot, ContractsJson.Default.Snapshot);
}
