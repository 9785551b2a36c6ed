using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Sidecar.Demo.Edge.ForwardAuth;

namespace Sidecar.Demo.Edge.Transport;

/// <summary>What a tls block means for the handshake.</summary>
internal static class TlsOptions
{
    public static SslClientAuthenticationOptions Of(ForwardAuthTls tls)
    {
        var options = new SslClientAuthenticationOptions();
        if (tls.Ca.Length > 0)
        {
            options.CertificateChainPolicy = Trusting(Pem(tls.Ca));
        }

        if (tls.Cert.Length > 0 || tls.Key.Length > 0)
        {
            options.ClientCertificates = [X509Certificate2.CreateFromPem(Pem(tls.Cert), Pem(tls.Key))];
        }

        if (tls.InsecureSkipVerify)
        {
#pragma warning disable CA5359 // That is what the option says.
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return options;
    }

    private static X509ChainPolicy Trusting(string pem)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPem(pem);
        return policy;
    }

    private static string Pem(string pathOrPem) => pathOrPem.Contains("-----BEGIN", StringComparison.Ordinal) ? pathOrPem : File.ReadAllText(pathOrPem);
}
