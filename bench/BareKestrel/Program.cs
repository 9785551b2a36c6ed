using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Primitives;

// A plain ASP.NET program that answers a check: 200, no body, and the headers that a file names.
// usage: bare-kestrel PORT FILE HTTPS-PORT CERTIFICATE KEY
//   FILE: one "Name: value" a line, as an outpost answered them; CERTIFICATE and KEY: PEM
var headers = File.ReadLines(args[1])
    .Select(line => line.Split(": ", 2))
    .Where(parts => parts.Length == 2)
    .Select(parts => KeyValuePair.Create(parts[0], new StringValues(parts[1])))
    .ToArray();
var tls = new SslServerAuthenticationOptions
{
    ServerCertificateContext = SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(args[3], args[4]), null, offline: true),
    ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
};

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
    kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
    kestrel.Listen(IPAddress.Loopback, Port(args[0]));
    kestrel.Listen(
        IPAddress.Loopback,
        Port(args[2]),
        listen => listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(tls) }));
});

var app = builder.Build();
app.Run(context =>
{
    var response = context.Response;
    response.StatusCode = StatusCodes.Status200OK;
    response.ContentLength = 0;
    foreach (var (name, value) in headers)
    {
        response.Headers[name] = value;
    }

    return Task.CompletedTask;
});
await app.RunAsync();

static int Port(string text) => int.Parse(text, CultureInfo.InvariantCulture);
