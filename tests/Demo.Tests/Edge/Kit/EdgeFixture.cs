using Microsoft.AspNetCore.Http;
using Sidecar.Demo.Edge;
using Sidecar.Demo.Edge.ForwardAuth;
using Sidecar.TestKit.Wire;

namespace Sidecar.Demo.Tests.Edge.Kit;

/// <summary>An edge whose one router asks the stub before it lets a request through to an app that remembers what it got.</summary>
internal sealed class EdgeFixture : IAsyncDisposable
{
    private readonly RequestDelegate? _app;

    private EdgeFixture(StubAuth auth, RequestDelegate? app) => (Auth, _app) = (auth, app);

    public StubAuth Auth { get; }

    public EdgeServer Server { get; private set; } = null!;

    /// <summary>The headers of each request that reached the app.</summary>
    public List<IReadOnlyDictionary<string, string[]>> AppCalls { get; } = [];

    public string AppMethod { get; private set; } = "";

    public string AppBody { get; private set; } = "";

    public static async Task<EdgeFixture> StartAsync(
        string profile,
        RequestDelegate? answer = null,
        Func<ForwardAuthOptions, ForwardAuthOptions>? auth = null,
        Func<EdgeOptions, EdgeOptions>? edge = null,
        RequestDelegate? app = null,
        bool tls = false)
    {
        var fixture = new EdgeFixture(await StubAuth.StartAsync(answer, tls), app);
        var forward = new ForwardAuthOptions("auth", fixture.Auth.Address.AbsoluteUri);
        var options = new EdgeOptions { Profile = Enum.Parse<TraefikProfile>(profile), Configuration = fixture.Configuration(auth?.Invoke(forward) ?? forward) };
        fixture.Server = await EdgeServer.StartAsync(edge?.Invoke(options) ?? options);
        return fixture;
    }

    public Task<RawAnswer> GetAsync(string more = "", string target = "/") =>
        RawClient.SendAsync(Server.HttpAddress, $"GET {target} HTTP/1.1\nHost: app.test\n{more}");

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Auth.DisposeAsync();
    }

    private EdgeConfiguration Configuration(ForwardAuthOptions forward) => new()
    {
        Middlewares = [forward],
        Services = [EdgeService.Of("app", CallAsync)],
        Routers = [new EdgeRouter("app", "PathPrefix(`/`)") { Service = "app", Middlewares = ["auth"] }],
    };

    private async Task CallAsync(HttpContext http)
    {
        using var body = new StreamReader(http.Request.Body);
        AppBody = await body.ReadToEndAsync(http.RequestAborted);
        AppMethod = http.Request.Method;
        AppCalls.Add(http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToArray()!, StringComparer.OrdinalIgnoreCase)!);
        await (_app?.Invoke(http) ?? http.Response.WriteAsync("app"));
    }
}
