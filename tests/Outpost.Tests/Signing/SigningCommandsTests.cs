using System.Security.Cryptography;
using System.Text.Json;
using Sidecar.Contracts;
using Sidecar.Contracts.Signing;
using Sidecar.Contracts.Snapshots;
using Sidecar.Outpost.Hosting;
using Sidecar.Outpost.Signing;
using Sidecar.TestKit.Snapshots;

namespace Sidecar.Outpost.Tests.Signing;

public sealed class SigningCommandsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sidecar-sign-").FullName;

    private string Key => Path.Combine(_folder, "key.pem");

    private string Policy => Path.Combine(_folder, "policy.json");

    public SigningCommandsTests() => File.WriteAllText(Policy, PolicyInReadme.Text);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_signed_holds_the_policy_as_it_was_written_and_verifies_with_the_public_half()
    {
        var record = JsonSerializer.Deserialize(SigningCommands.MakeKey(Key), ContractsJson.Default.PublicKeyRecord)!;

        var document = SigningCommands.Sign(Policy, Key);

        Assert.Equal(SignedDocumentFault.None, SnapshotDocument.TryRead(document, kid => kid == record.Kid ? EcKeys.TryImport(record) : null, out var snapshot));
        Assert.Equal("docs", Assert.Single(snapshot!.Applications).Slug);
        Assert.True(SignedDocument.TryPayload(document, out var payload));
        Assert.Equal(File.ReadAllBytes(Policy), payload.ToArray());
    }

    [Fact]
    public void Only_its_owner_reads_a_key_and_none_is_made_over_another()
    {
        SigningCommands.MakeKey(Key);
        var made = File.ReadAllText(Key);

        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Key) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Throws<OutpostStartException>(() => SigningCommands.MakeKey(Key));
        Assert.Equal(made, File.ReadAllText(Key));
    }

    [Fact]
    public void What_is_no_such_private_key_signs_nothing()
    {
        using var rsa = RSA.Create(2048);
        using var wider = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var half = EcKeys.Create();
        foreach (var pem in new[] { "", "no key", rsa.ExportPkcs8PrivateKeyPem(), wider.ExportPkcs8PrivateKeyPem(), half.ExportSubjectPublicKeyInfoPem() })
        {
            File.WriteAllText(Key, pem);

            Assert.Throws<OutpostStartException>(() => SigningCommands.Sign(Policy, Key));
        }
    }
}
