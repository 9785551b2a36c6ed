using System.Net;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Sidecar.Demo.Edge;

/// <summary>Kestrel with the manners of Go's server: any bytes in headers, a megabyte of them, no Server header.</summary>
internal static class EdgeListeners
{
    private const int MaxHeaderBytes = 1024 * 1024;

    public static void Configure(KestrelServerOptions kestrel, EdgeOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
        kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        kestrel.Limits.MaxRequestHeaderCount = 100_000;
        kestrel.Limits.MaxRequestLineSize = MaxHeaderBytes;
        kestrel.Limits.MaxRequestBufferSize = 2 * MaxHeaderBytes;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = MaxHeaderBytes;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Listen(IPAddress.Loopback, options.HttpPort, web => web.Protocols = HttpProtocols.Http1);
        if (options.HttpsPort is { } port)
        {
            kestrel.Listen(IPAddress.Loopback, port, websecure => websecure.UseHttps(options.Certificate ?? EdgeCertificate.Make()));
        }
    }
}
