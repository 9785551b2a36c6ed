using System.Net;
using System.Text;
using Microsoft.Extensions.Primitives;

// A plain ASP.NET program that answers a check: 200, no body, and the headers that a file names.
// usage: bare-kestrel PORT FILE   (FILE: one "Name: value" a line, as an outpost answered them)
var headers = File.ReadLines(args[1])
    .Select(line => line.Split(": ", 2))
    .Where(parts => parts.Length == 2)
    .Select(parts => KeyValuePair.Create(parts[0], new StringValues(parts[1])))
    .ToArray();

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
    kestrel.ResponseHeaderEncodingSelector = _ => Encoding.UTF8;
    kestrel.Listen(IPAddress.Loopback, int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture));
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
