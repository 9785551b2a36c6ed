using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sidecar.Contracts.Signing;
using Sidecar.Outpost.State;

namespace Sidecar.Outpost.Tls;

/// <summary>The outpost's own CA, made once, and the certificate that it gives the outpost. Proxies are told to trust the CA, so that the certificate can change.</summary>
internal sealed class OwnAuthority(string folder, IReadOnlyList<string> names, TimeProvider time)
{
    public static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    private static readonly TimeSpan LeafLifetime = TimeSpan.FromDays(90);
    private static readonly TimeSpan AuthorityLifetime = TimeSpan.FromDays(3650);

    // Clocks of proxies differ a little.
    private static readonly TimeSpan Backdate = TimeSpan.FromHours(1);

    private readonly string _authorityPath = Path.Combine(folder, "ca.pem");
    private readonly string _authorityKeyPath = Path.Combine(folder, "ca.key");
    private readonly string _leafPath = Path.Combine(folder, "outpost.pem");
    private readonly string _leafKeyPath = Path.Combine(folder, "outpost.key");

    /// <summary>The CA's certificate in PEM.</summary>
    public string AuthorityPem()
    {
        using var authority = ObtainAuthority();
        return authority.ExportCertificatePem();
    }

    /// <summary>The stored one if it is still good for a while and names what is configured, else a new one.</summary>
    /// <param name="notKept">Why the new one could not be written: it is good until the process ends, and the next one makes another. Else null.</param>
    public X509Certificate2 ObtainLeaf(out string? notKept)
    {
        notKept = null;
        using var authority = ObtainAuthority();
        if (PemFiles.TryRead(_leafPath, _leafKeyPath) is { } kept)
        {
            if (IsGood(kept, authority))
            {
                return kept;
            }

            kept.Dispose();
        }

        return MakeLeaf(authority, out notKept);
    }

    private X509Certificate2 ObtainAuthority()
    {
        PrivateFile.CreateFolder(folder);
        if (PemFiles.TryRead(_authorityPath, _authorityKeyPath) is { } kept)
        {
            if (kept.NotAfter.ToUniversalTime() > time.GetUtcNow() + LeafLifetime)
            {
                return kept;
            }

            kept.Dispose();
        }

        using var key = EcKeys.Create();
        var request = new CertificateRequest($"CN=Sidecar outpost CA {RandomNumberGenerator.GetHexString(8, lowercase: true)}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = time.GetUtcNow();
        var made = request.CreateSelfSigned(now - Backdate, now + AuthorityLifetime);
        PemFiles.Write(_authorityPath, _authorityKeyPath, made, key);
        return made;
    }

    private X509Certificate2 MakeLeaf(X509Certificate2 authority, out string? notKept)
    {
        notKept = null;
        using var key = EcKeys.Create();
        var request = new CertificateRequest("CN=Sidecar outpost", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        request.CertificateExtensions.Add(AlternativeNames());
        var now = time.GetUtcNow();
        using var issued = request.Create(authority, now - Backdate, now + LeafLifetime, RandomNumberGenerator.GetBytes(16));
        var made = issued.CopyWithPrivateKey(key);
        try
        {
            PemFiles.Write(_leafPath, _leafKeyPath, made, key);
        }
        catch (Exception error) when (PrivateFile.IsFileFault(error))
        {
            notKept = error.Message;
        }

        return made;
    }

    private bool IsGood(X509Certificate2 leaf, X509Certificate2 authority) =>
        leaf.NotAfter.ToUniversalTime() - RenewBefore > time.GetUtcNow()
        && leaf.IssuerName.RawData.AsSpan().SequenceEqual(authority.SubjectName.RawData)
        && leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().SingleOrDefault() is { } held
        && held.RawData.AsSpan().SequenceEqual(AlternativeNames().RawData);

    private X509Extension AlternativeNames()
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names.Concat([Dns.GetHostName(), "localhost", "127.0.0.1", "::1"]).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(name, out var address))
            {
                builder.AddIpAddress(address);
            }
            else
            {
                builder.AddDnsName(name);
            }
        }

        return builder.Build();
    }
}
