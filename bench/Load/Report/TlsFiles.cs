using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sidecar.Load.Report;

/// <summary>One certificate for all contenders: what TLS costs is then the same for each.</summary>
internal sealed record TlsFiles(string Certificate, string Key)
{
    public static TlsFiles Make(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        var files = new TlsFiles(Path.Combine(folder, "tls.crt"), Path.Combine(folder, "tls.key"));
        File.WriteAllText(files.Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(files.Key, key.ExportPkcs8PrivateKeyPem());
        return files;
    }
}
