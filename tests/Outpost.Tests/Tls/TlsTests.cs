using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Sidecar.Contracts.Signing;
using Sidecar.Outpost.Tests.Hosting;
using Sidecar.Outpost.Tls;
using Sidecar.TestKit.Channel;

namespace Sidecar.Outpost.Tests.Tls;

public sealed class TlsTests : IAsyncLifetime
{
    private readonly string _folder = RunningOutpost.NewFolder();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private FakeControlPlane _plane = null!;

    public async ValueTask InitializeAsync() => _plane = await FakeControlPlane.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _plane.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Speaks_http2_to_a_client_that_trusts_the_printed_authority()
    {
        await using var outpost = await RunningOutpost.StartAsync(_plane, _folder);
        using var authority = X509Certificate2.CreateFromPem(new OwnAuthority(Path.Combine(_folder, "outpost", "tls"), [], TimeProvider.System).AuthorityPem());
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = Trusting(authority) });
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(outpost.Address(1)) { Host = "localhost", Path = "/outpost.goauthentik.io/ping" }.Uri)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpVersion.Version20, answer.Version);
    }

    [Fact]
    public void The_leaf_is_kept_and_renewed_before_it_expires()
    {
        var authority = new OwnAuthority(_folder, ["proxy.example"], _time);
        using var first = authority.ObtainLeaf(out _);
        using var kept = authority.ObtainLeaf(out _);
        _time.Advance(TimeSpan.FromDays(61));
        using var renewed = authority.ObtainLeaf(out _);

        Assert.Equal(first.SerialNumber, kept.SerialNumber);
        Assert.NotEqual(first.SerialNumber, renewed.SerialNumber);
        Assert.Equal(first.Issuer, renewed.Issuer);
        Assert.True(renewed.MatchesHostname("proxy.example"));
    }

    [Fact]
    public void Another_name_makes_another_leaf_of_the_same_authority()
    {
        using var first = new OwnAuthority(_folder, ["one.example"], _time).ObtainLeaf(out _);
        using var second = new OwnAuthority(_folder, ["two.example"], _time).ObtainLeaf(out _);

        Assert.True(second.MatchesHostname("two.example"));
        Assert.Equal(first.Issuer, second.Issuer);
    }

    [Fact]
    public void A_leaf_that_the_disk_does_not_take_is_used_all_the_same()
    {
        new OwnAuthority(_folder, ["one.example"], _time).ObtainLeaf(out _).Dispose();
        Directory.CreateDirectory(Path.Combine(_folder, "outpost.key.next", "in the way"));

        using var leaf = new OwnAuthority(_folder, ["two.example"], _time).ObtainLeaf(out var notKept);

        Assert.NotNull(notKept);
        Assert.True(leaf.MatchesHostname("two.example"));
        Assert.True(leaf.HasPrivateKey);
    }

    [Fact]
    public async Task Changed_files_hold_for_new_connections_and_bad_ones_change_nothing()
    {
        var (certificate, key) = (Path.Combine(_folder, "c.pem"), Path.Combine(_folder, "k.pem"));
        WritePair("first.example", certificate, key);
        var options = RunningOutpost.Options(_plane, _folder) with { TlsCertificate = certificate, TlsKey = key };
        await using var outpost = await RunningOutpost.StartAsync(options);
        var certificates = outpost.Get<ServerCertificates>();
#pragma warning disable CA5359 // What is tested is that the connection goes on, not whom it is with.
        using var open = new HttpClient(new SocketsHttpHandler { SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, _) => true } });
#pragma warning restore CA5359
        var ping = new Uri(outpost.Address(1), "/outpost.goauthentik.io/ping");
        (await open.GetAsync(ping, TestContext.Current.CancellationToken)).Dispose();

        WritePair("second.example", certificate, key);
        File.SetLastWriteTimeUtc(certificate, new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await Eventually.HoldsAsync(() => NameOf(certificates) == "CN=second.example", "the new pair is served");
        File.WriteAllText(certificate, "nonsense");
        await Eventually.HoldsAsync(() => outpost.Logged(4003), "the bad file is told");

        Assert.Equal("CN=second.example", NameOf(certificates));
        using var still = await open.GetAsync(ping, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, still.StatusCode);
    }

    private static string NameOf(ServerCertificates certificates) => certificates.Current.ServerCertificateContext!.TargetCertificate.Subject;

    private static void WritePair(string name, string certificatePath, string keyPath)
    {
        using var key = EcKeys.Create();
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(1), TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(30));
        File.WriteAllText(keyPath, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(certificatePath, made.ExportCertificatePem());
    }

    private static SslClientAuthenticationOptions Trusting(X509Certificate2 authority) => new()
    {
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { authority },
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };
}
