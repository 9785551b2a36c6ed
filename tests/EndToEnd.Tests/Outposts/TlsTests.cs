using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sidecar.Contracts.Signing;
using Sidecar.TestKit.Browsers;

namespace Sidecar.EndToEnd.Tests.Outposts;

/// <summary>The check over TLS, as a proxy in another network asks it.</summary>
[Trait("Kind", "Slow")]
public sealed class TlsTests : IDisposable
{
    private static readonly TimeSpan TakenUp = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("sidecar-tls-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string CertificateFile => Path.Combine(_folder, "tls.crt");

    private string KeyFile => Path.Combine(_folder, "tls.key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_check_speaks_HTTP2_to_a_proxy_that_trusts_the_printed_authority()
    {
        await using var scene = await OutpostScene.StartAsync();
        using var authority = X509Certificate2.CreateFromPem(await scene.Outpost.AuthorityAsync());
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, SslOptions = Trusting(authority) });

        var (signedIn, version) = await AskAsync(client, scene, scene.Cookie, HttpVersion.Version20);
        var (nobody, _) = await AskAsync(client, scene, null, HttpVersion.Version20);
        var (older, oldVersion) = await AskAsync(client, scene, scene.Cookie, HttpVersion.Version11);

        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (signedIn.Status, version));
        Assert.Equal("ana", Assert.Single(signedIn.Headers["X-authentik-username"]));
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.Status);
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version11), (older.Status, oldVersion));
    }

    [Fact]
    public async Task A_proxy_that_does_not_trust_the_authority_gets_no_connection()
    {
        await using var scene = await OutpostScene.StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false });

        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(client, scene, scene.Cookie, HttpVersion.Version20));

        Assert.Equal(HttpRequestError.SecureConnectionError, refusal.HttpRequestError);
    }

    [Fact]
    public async Task Replaced_certificate_files_are_served_and_no_open_connection_is_dropped()
    {
        using var first = WritePair("first.example");
        await using var scene = await OutpostScene.StartAsync(new() { ["SIDECAR_TLS__CERTIFICATE"] = CertificateFile, ["SIDECAR_TLS__KEY"] = KeyFile });
        var connections = 0;
        using var open = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            SslOptions = Trusting(first),
            ConnectCallback = async (context, cancel) =>
            {
                connections++;
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(context.DnsEndPoint, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(open, scene, scene.Cookie, HttpVersion.Version20)).Page.Status);

        using var second = WritePair("second.example");
        await ServedAsync(scene, "CN=second.example");
        var (after, _) = await AskAsync(open, scene, scene.Cookie, HttpVersion.Version20);

        Assert.Equal(HttpStatusCode.OK, after.Status);
        Assert.Equal(1, connections);
    }

    [Fact]
    public async Task An_unusable_certificate_file_changes_nothing()
    {
        using var first = WritePair("first.example");
        await using var scene = await OutpostScene.StartAsync(new() { ["SIDECAR_TLS__CERTIFICATE"] = CertificateFile, ["SIDECAR_TLS__KEY"] = KeyFile });

        await File.WriteAllTextAsync(CertificateFile, "not a certificate", Cancel);
        await EventuallyAsync(() => Task.FromResult(scene.Outpost.Output.Contains("The old one stays", StringComparison.Ordinal)), "the log names the bad file");

        Assert.Equal("CN=first.example", await ServedNameAsync(scene));
    }

    private static async Task<(Page Page, Version Version)> AskAsync(HttpClient client, OutpostScene scene, string? cookie, Version version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(scene.Outpost.SecureAddress, "outpost.goauthentik.io/auth/traefik"))
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        foreach (var (name, value) in OutpostScene.Question(cookie).Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request, Cancel);
        return (await Page.ReadAsync(response), response.Version);
    }

    private static Task ServedAsync(OutpostScene scene, string subject) =>
        EventuallyAsync(async () => await ServedNameAsync(scene) == subject, $"{subject} is served");

    private static async Task<string> ServedNameAsync(OutpostScene scene)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, scene.Outpost.HttpsPort, Cancel);
#pragma warning disable CA5359 // Whom a new connection meets is the question.
        await using var tls = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, Cancel);
        return tls.RemoteCertificate!.Subject;
    }

    private static async Task EventuallyAsync(Func<Task<bool>> isSo, string what)
    {
        using var late = new CancellationTokenSource(TakenUp);
        while (!await isSo())
        {
            Assert.False(late.IsCancellationRequested, $"not within {TakenUp}: {what}");
            await Task.Delay(50, Cancel);
        }
    }

    private X509Certificate2 WritePair(string name)
    {
        using var key = EcKeys.Create();
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(1), TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(30));

        // As a certificate manager does: whole files, put in place at once.
        File.WriteAllText(KeyFile + ".next", key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(CertificateFile + ".next", made.ExportCertificatePem());
        File.Move(KeyFile + ".next", KeyFile, overwrite: true);
        File.Move(CertificateFile + ".next", CertificateFile, overwrite: true);
        return X509CertificateLoader.LoadCertificate(made.RawData);
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
