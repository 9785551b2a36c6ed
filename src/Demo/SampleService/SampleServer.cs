using System.Net;
using System.Text;

namespace Sidecar.Demo.SampleService;

/// <summary>A service without any sign-in of its own: it shows what a protected service gets to see.</summary>
public sealed class SampleServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SampleServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public static async Task<SampleServer> StartAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.UTF8;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var app = builder.Build();
        app.UseWebSockets();
        app.Map("/ws", EchoSocket.RunAsync);
        app.Map("/cookies", CookiesEndpoint.AnswerAsync);
        app.MapFallback(HeadersEndpoint.AnswerAsync);
        await app.StartAsync();
        return new SampleServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
