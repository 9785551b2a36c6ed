using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.Hosting;
using Sidecar.Outpost.State;

namespace Sidecar.Outpost.Tls;

/// <summary>
/// What new TLS connections are answered with: the administrator's certificate, else one of the outpost's own CA. Replaced by swapping one reference;
/// connections that are open keep what they have.
/// </summary>
internal sealed class ServerCertificates(OutpostOptions options, TimeProvider time, ILogger<ServerCertificates> logger)
{
    private readonly OwnAuthority _authority = new(Path.Combine(options.StateFolder, "tls"), options.TlsNames, time);
    private volatile Lazy<SslServerAuthenticationOptions>? _current;
    private DateTime _certificateTime;
    private DateTime _keyTime;
    private DateTimeOffset _ownExpires;

    public SslServerAuthenticationOptions Current => _current?.Value ?? throw new InvalidOperationException("certificates are loaded before the server starts");

    /// <exception cref="OutpostStartException">The configured files cannot be used.</exception>
    public void Load()
    {
        if (options.TlsCertificate is null)
        {
            UseOwn();
        }
        else if (TryUseFiles() is { } problem)
        {
            throw new OutpostStartException($"SIDECAR_TLS__CERTIFICATE and SIDECAR_TLS__KEY cannot be used: {problem}");
        }
    }

    /// <summary>Called now and then: takes changed files, and renews what would expire.</summary>
    public void Refresh()
    {
        if (options.TlsCertificate is null)
        {
            if (time.GetUtcNow() >= _ownExpires - OwnAuthority.RenewBefore)
            {
                UseOwn();
                logger.Renewed();
            }
        }
        else if (HaveChanged())
        {
            if (TryUseFiles() is { } problem)
            {
                logger.KeptOld(problem);
            }
            else
            {
                logger.Reloaded();
            }
        }
    }

    private void UseOwn()
    {
        try
        {
            var leaf = _authority.ObtainLeaf(out var notKept);
            if (notKept is not null)
            {
                logger.NotKept(notKept);
            }

            _ownExpires = leaf.NotAfter.ToUniversalTime();
            Use(leaf, []);
        }
        catch (Exception error) when (PrivateFile.IsFileFault(error))
        {
            throw new OutpostStartException($"The folder for TLS keys cannot be used: {error.Message}");
        }
    }

    private bool HaveChanged() => ChangedAt(options.TlsCertificate!) != _certificateTime || ChangedAt(options.TlsKey!) != _keyTime;

    private string? TryUseFiles()
    {
        // Noted before reading: a change while reading is seen the next time. A bad pair is not tried again until it changes.
        _certificateTime = ChangedAt(options.TlsCertificate!);
        _keyTime = ChangedAt(options.TlsKey!);
        try
        {
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(File.ReadAllText(options.TlsCertificate!));
            Use(X509Certificate2.CreateFromPem(File.ReadAllText(options.TlsCertificate!), File.ReadAllText(options.TlsKey!)), [.. chain.Skip(1)]);
            return null;
        }
        catch (Exception error) when (PrivateFile.IsFileFault(error) || error is CryptographicException or ArgumentException)
        {
            return error.Message;
        }
    }

    // Later: it builds a chain, and for that reads every certificate that the system trusts. Nothing waits for that at start but the first HTTPS connection.
    private void Use(X509Certificate2 leaf, X509Certificate2Collection intermediates) => _current = new(() => new SslServerAuthenticationOptions
    {
        ServerCertificateContext = SslStreamCertificateContext.Create(leaf, intermediates, offline: true),
        // HTTP/2 first: Go keeps only two idle HTTP/1.1 connections to a forward-auth server.
        ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
    });

    private static DateTime ChangedAt(string path) => File.GetLastWriteTimeUtc(path);
}
