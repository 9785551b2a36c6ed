using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Sidecar.Contracts.Channel;
using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.Tests.Hosting;

namespace Sidecar.Outpost.Tests.Forwarding;

/// <summary>The embedded outpost in front of something that listens on the control plane's Unix socket.</summary>
public sealed class ControlPlaneForwarderTests : IAsyncLifetime
{
    private readonly string _folder = RunningOutpost.NewFolder();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private WebApplication? _plane;
    private RunningOutpost _outpost = null!;

    private string SocketPath => Path.Combine(_folder, "plane.sock");

    private Uri Address => _outpost.Address(0);

    public async ValueTask InitializeAsync()
    {
        _plane = await StartPlaneAsync();
        _outpost = await StartOutpostAsync(TrustedProxies.Default);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _outpost.DisposeAsync();
        await StopPlaneAsync();
    }

    [Theory]
    [InlineData("if/flow/default-authentication-flow/?next=%2F", 200)]
    [InlineData("status/404", 404)]
    [InlineData("status/302", 302)]
    [InlineData("status/500", 500)]
    public async Task What_is_not_the_outposts_own_is_answered_by_the_control_plane_as_it_is(string path, int status)
    {
        using var answer = await _client.GetAsync(new Uri(Address, path), TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains("target=/" + path, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_target_reaches_the_control_plane_byte_for_byte()
    {
        const string Target = "/a%2fb//c;d?x=%20y";
        var address = new Uri(Address.GetLeftPart(UriPartial.Authority) + Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        Assert.Contains("target=" + Target, await _client.GetStringAsync(address, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_declared_proxy_scheme_and_host_are_passed_on()
    {
        var seen = await SeenAsync();

        Assert.Contains("proto=https\n", seen, StringComparison.Ordinal);
        Assert.Contains("host=auth.example\n", seen, StringComparison.Ordinal);
    }

    // Failed sign-ins are counted by this address: a proxy's own would lock everybody out at once, and a client's word would lock nobody out.
    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9")]
    [InlineData("6.6.6.6, 203.0.113.9", "203.0.113.9")]
    [InlineData("203.0.113.9, 10.1.2.3", "203.0.113.9")]
    [InlineData("203.0.113.9, nonsense", "")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    public async Task The_control_plane_is_told_one_client_address_the_right_most_that_is_no_proxy(string chain, string client) =>
        Assert.Contains($"for={client}\n", await SeenAsync(chain), StringComparison.Ordinal);

    [Fact]
    public async Task Of_anybody_else_they_are_dropped()
    {
        await _outpost.DisposeAsync();
        _outpost = await StartOutpostAsync("192.0.2.0/24");

        var seen = await SeenAsync();

        Assert.Contains("for=127.0.0.1\n", seen, StringComparison.Ordinal);
        Assert.Contains("proto=http\n", seen, StringComparison.Ordinal);
        Assert.Contains($"host={Address.Authority}\n", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_WebSocket_goes_through()
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(Address) { Scheme = "ws", Path = "/echo" }.Uri, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

        var buffer = new byte[16];
        var echo = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);

        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, echo.Count));
    }

    [Fact]
    public async Task While_the_control_plane_is_away_a_page_says_so()
    {
        await StopPlaneAsync();

        using var answer = await _client.GetAsync(new Uri(Address, "if/user/"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("control-plane-away", Assert.Single(answer.Headers.GetValues("X-Sidecar-Reason")));
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task An_embedded_outpost_ends_with_the_program_that_started_it()
    {
        await _outpost.Parent.CompleteAsync();

        await Eventually.HoldsAsync(() => _outpost.Stopping.IsCancellationRequested, "the outpost stops");
    }

    private async Task<string> SeenAsync(string chain = "203.0.113.9")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Address, "headers"));
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", chain);
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "auth.example");
        using var answer = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private Task<RunningOutpost> StartOutpostAsync(string trusted) => RunningOutpost.StartAsync(new OutpostOptions
    {
        Host = new Uri("http://control-plane/"),
        Token = "a token that nobody asks for",
        ControlPlaneSocket = SocketPath,
        Http = new IPEndPoint(IPAddress.Loopback, 0),
        Https = new IPEndPoint(IPAddress.Loopback, 0),
        Metrics = new IPEndPoint(IPAddress.Loopback, 0),
        TrustedProxies = TrustedProxies.TryParse(trusted, out _)!,
        DataFolder = _folder,
    });

    private async Task<WebApplication> StartPlaneAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(SocketPath));
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(AnswerAsync);
        await app.StartAsync();
        return app;
    }

    private async Task StopPlaneAsync()
    {
        if (_plane is not null)
        {
            await _plane.DisposeAsync();
            _plane = null;
        }
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path.StartsWith("/api/outpost/", StringComparison.Ordinal))
        {
            // The channel is not what is tested here: a control plane that is still starting.
            context.Response.Headers[ChannelRoutes.TimeHeader] = "1795500000000";
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
            return;
        }

        if (context.WebSockets.IsWebSocketRequest)
        {
            await EchoAsync(await context.WebSockets.AcceptWebSocketAsync());
            return;
        }

        context.Response.StatusCode = path.StartsWith("/status/", StringComparison.Ordinal) ? int.Parse(path[8..], System.Globalization.CultureInfo.InvariantCulture) : 200;
        var headers = context.Request.Headers;
        await context.Response.WriteAsync(
            $"target={context.Features.Get<IHttpRequestFeature>()!.RawTarget}\nfor={headers["X-Forwarded-For"]}\nproto={headers["X-Forwarded-Proto"]}\nhost={headers["X-Forwarded-Host"]}\n");
    }

    private static async Task EchoAsync(WebSocket socket)
    {
        var buffer = new byte[64];
        var message = await socket.ReceiveAsync(buffer, CancellationToken.None);
        await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, endOfMessage: true, CancellationToken.None);
    }
}
