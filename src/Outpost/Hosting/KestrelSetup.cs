using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.Tls;

namespace Sidecar.Outpost.Hosting;

/// <summary>Limits and encodings that proxies need. Kestrel's own are for browsers, and what it refuses the proxy shows to the user.</summary>
internal static class KestrelSetup
{
    private const int HeaderBytes = 128 * 1024;
    private const int LineBytes = 64 * 1024;
    private const int HeaderCount = 500;

    // Go's transport drops an idle connection after 90 seconds. Closing first would race with its next request.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(150);

    public static void Configure(KestrelServerOptions kestrel, OutpostOptions options)
    {
        kestrel.AddServerHeader = false;
        // Cookies of applications may hold any byte; a name in a response may hold any letter.
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        // A Cookie is sent back byte for byte as it came (a provider may hide the ticket from its application).
        kestrel.ResponseHeaderEncodingSelector = name => name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? Encoding.Latin1 : Encoding.UTF8;
        kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytes;
        kestrel.Limits.MaxRequestLineSize = LineBytes;
        kestrel.Limits.MaxRequestHeaderCount = HeaderCount;
        kestrel.Limits.KeepAliveTimeout = KeepAlive;
        kestrel.Limits.Http2.HeaderTableSize = 64 * 1024;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = HeaderBytes;
        kestrel.Limits.Http2.MaxStreamsPerConnection = 1_000;
        kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(60);
        kestrel.Listen(options.Http);
        kestrel.Listen(options.Https, listen => listen.UseHttps(CertificatesOf(kestrel)));
        kestrel.Listen(options.Metrics);
    }

    private static TlsHandshakeCallbackOptions CertificatesOf(KestrelServerOptions kestrel)
    {
        var certificates = kestrel.ApplicationServices.GetRequiredService<ServerCertificates>();
        return new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(certificates.Current) };
    }
}
