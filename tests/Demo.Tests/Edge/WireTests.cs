using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Sidecar.Demo.Edge;
using Sidecar.Demo.Edge.ForwardAuth;
using Sidecar.Demo.Edges;
using Sidecar.Demo.SampleService;
using Sidecar.Demo.Tests.Edge.Kit;
using Sidecar.TestKit.Wire;

namespace Sidecar.Demo.Tests.Edge;

/// <summary>What arrives at the auth server, byte for byte: the cases that Traefik has no test for.</summary>
public sealed class WireTests
{
    public static TheoryData<string> All => Profiles.NamesWith("");

    [Theory]
    [MemberData(nameof(All))]
    public async Task A6_a_relative_location_is_made_absolute_against_the_address(string profile)
    {
        await using var edge = await EdgeFixture.StartAsync(profile, http =>
        {
            http.Response.Headers.Location = "/start?rd=x";
            return StubAuth.RefuseAsync(http, 302, "x");
        });

        Assert.Equal(new Uri(edge.Auth.Address, "/start?rd=x").AbsoluteUri, (await edge.GetAsync()).Header("Location"));
    }

    [Theory]
    [InlineData("http://[bad")]
    [InlineData("/%zz")]
    public async Task A6_a_location_that_cannot_be_read_is_500(string location)
    {
        await using var auth = await RawStub.StartAsync($"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
        await using var edge = await EdgeFixture.StartAsync("V3_7_9", auth: forward => forward with { Address = auth.Address.AbsoluteUri });

        Assert.Equal(500, (await edge.GetAsync()).Status);
    }

    [Fact]
    public async Task Two_lines_of_a_trusted_header_arrive_as_two()
    {
        var lines = await LinesAsync("X-Forwarded-Uri: /a\nX-Forwarded-Uri: /b", options => options with { Insecure = true }, trust: true);

        Assert.Equal(["X-Forwarded-Uri: /a", "X-Forwarded-Uri: /b"], lines.Where(line => line.StartsWith("X-Forwarded-Uri", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("app.test:8443", "app.test:8443", "8443")]
    [InlineData("[::1]:8080", "[::1]:8080", "8080")]
    [InlineData("[::1]", "[::1]", "80")]
    [InlineData("xn--bcher-kva.test", "xn--bcher-kva.test", "80")]
    public async Task The_host_arrives_as_it_was_sent(string host, string expected, string port)
    {
        await using var auth = await RawStub.StartAsync();
        await using var edge = await EdgeFixture.StartAsync("V3_7_9", auth: forward => forward with { Address = auth.Address.AbsoluteUri, TrustForwardHeader = false });

        await RawClient.SendAsync(edge.Server.HttpAddress, $"GET / HTTP/1.1\nHost: {host}");

        Assert.Contains($"X-Forwarded-Host: {expected}", auth.Lines);
        Assert.Contains($"X-Forwarded-Port: {port}", auth.Lines);
        Assert.Contains($"Host: {auth.Address.Authority}", auth.Lines);
    }

    [Fact]
    public async Task The_target_arrives_encoded_as_it_was_sent()
    {
        var target = "/a%2Fb/%7e;p=1/" + new string('x', 16_000) + "?q=%20&r=//";

        var lines = await LinesAsync("", target: target);

        Assert.Contains($"X-Forwarded-Uri: {target.Replace("%7e", "~", StringComparison.Ordinal)}", lines);
    }

    [Fact]
    public async Task An_unsanitised_target_arrives_raw_under_the_old_releases()
    {
        var lines = await LinesAsync("", target: "/pub/..//%2e%2e/admin", profile: "V3_0");

        Assert.Contains("X-Forwarded-Uri: /pub/..//%2e%2e/admin", lines);
    }

    [Fact]
    public async Task More_than_a_hundred_headers_arrive()
    {
        var many = string.Join('\n', Enumerable.Range(0, 150).Select(i => string.Create(CultureInfo.InvariantCulture, $"X-Many-{i}: {i}")));

        var lines = await LinesAsync(many);

        Assert.Equal(150, lines.Count(line => line.StartsWith("X-Many-", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Cookie: name=J\u00fcrgen\u00ff")]
    [InlineData("Cookie: authentik_proxy_0badf00d=")]
    [InlineData("Cookie: authentik_proxy_0badf00d=a; authentik_proxy_0badf00d=b")]
    [InlineData("Cookie: authentik_proxy_0badf00d=%zz\"(<@")]
    [InlineData("Cookie: ;;=;authentik_proxy_0badf00d")]
    [InlineData("If-None-Match: \"x\"")]
    [InlineData("Range: bytes=0-1")]
    [InlineData("Expect: 100-continue")]
    [InlineData("Proxy-Authorization: Basic x")]
    [InlineData("Sec-Websocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData("X_authentik_username: admin")]
    [InlineData("X.authentik.username: admin")]
    public async Task A_client_header_arrives_byte_for_byte(string header)
    {
        var lines = await LinesAsync(header);

        Assert.Contains(lines, line => line.Equals(header, StringComparison.OrdinalIgnoreCase) && line.EndsWith(header[header.IndexOf(':', StringComparison.Ordinal)..], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    [InlineData("DELETE")]
    [InlineData("PROPFIND")]
    public async Task R1_whatever_the_method_the_question_is_GET(string method)
    {
        var lines = await LinesAsync("", method: method);

        Assert.StartsWith("GET /check HTTP/1.1", lines[0], StringComparison.Ordinal);
        Assert.Contains($"X-Forwarded-Method: {method}", lines);
    }

    [Fact]
    public async Task R2_the_clients_query_is_not_appended_to_the_address() =>
        Assert.Equal("GET /check HTTP/1.1", (await LinesAsync("", target: "/?X-authentik-auth-callback=true"))[0]);

    [Fact]
    public async Task An_upgrade_that_is_not_a_websocket_leaves_the_question_plain_and_Proto_http()
    {
        var lines = await LinesAsync("Connection: Upgrade\nUpgrade: h2c", trust: true);

        Assert.Contains("X-Forwarded-Proto: http", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("Upgrade", StringComparison.Ordinal) || line.StartsWith("Connection", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, "ws")]
    [InlineData(false, "http")]
    public async Task E2_a_websocket_handshake_is_ws_where_the_entry_point_is_trusted(bool trust, string proto)
    {
        var lines = await LinesAsync("Connection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Key: a", trust: trust);

        Assert.Contains($"X-Forwarded-Proto: {proto}", lines);
        Assert.Contains("Sec-Websocket-Key: a", lines);
    }

    [Theory]
    [InlineData("V2_11_53", "User-Agent: Go-http-client/1.1")]
    [InlineData("V3_6_13", null)]
    public async Task R8_a_missing_user_agent(string profile, string? expected) =>
        Assert.Equal(expected, (await LinesAsync("", profile: profile)).SingleOrDefault(line => line.StartsWith("User-Agent", StringComparison.Ordinal)));

    [Fact]
    public async Task R13_gzip_is_offered_when_nobody_said_anything_about_encodings()
    {
        Assert.Contains("Accept-Encoding: gzip", await LinesAsync(""));
        Assert.Contains("Accept-Encoding: br", await LinesAsync("Accept-Encoding: br"));
    }

    [Fact]
    public async Task At_most_two_connections_stay_open_to_an_auth_server()
    {
        await using var auth = await RawStub.StartAsync();
        await using var edge = await EdgeFixture.StartAsync("V3_7_9", auth: forward => forward with { Address = auth.Address.AbsoluteUri });

        for (var i = 0; i < 5; i++)
        {
            await edge.GetAsync();
        }

        Assert.Equal((1, 5), (auth.Connections, auth.Heads.Count));
    }

    [Fact]
    public async Task Over_tls_the_question_goes_by_HTTP_2()
    {
        await using var edge = await EdgeFixture.StartAsync(
            "V3_7_9", auth: forward => forward with { Tls = new ForwardAuthTls { InsecureSkipVerify = true } }, tls: true);

        var answer = await edge.GetAsync("X-One: 1");

        Assert.Equal((200, "HTTP/2", "1"), (answer.Status, edge.Auth.Call.Protocol, edge.Auth.Call.Header("X-One")));
    }

    [Fact]
    public async Task Over_tls_an_unknown_certificate_is_500()
    {
        await using var edge = await EdgeFixture.StartAsync("V3_7_9", tls: true);

        Assert.Equal(500, (await edge.GetAsync()).Status);
    }

    [Fact]
    public async Task StripPrefix_before_the_question_hides_the_prefix_in_the_uri()
    {
        await using var auth = await RawStub.StartAsync();
        var configuration = new EdgeConfiguration
        {
            Middlewares = [new StripPrefixOptions("strip", "/api"), new ForwardAuthOptions("auth", auth.Address.AbsoluteUri)],
            Services = [EdgeService.Of("app", _ => Task.CompletedTask)],
            Routers = [new EdgeRouter("app", "PathPrefix(`/`)") { Service = "app", Middlewares = ["strip", "auth"] }],
        };
        await using var edge = await EdgeServer.StartAsync(new EdgeOptions { Configuration = configuration });

        await RawClient.SendAsync(edge.HttpAddress, "GET /api/users?x HTTP/1.1\nHost: a.test");

        Assert.Contains("X-Forwarded-Uri: /users?x", auth.Lines);
        Assert.Contains("X-Forwarded-Prefix: /api", auth.Lines);
    }

    [Theory]
    [InlineData("V3_0", null)]
    [InlineData("V3_7_9", "kept")]
    public async Task Connection_cannot_remove_what_the_auth_server_set(string profile, string? client)
    {
        await using var edge = await EdgeFixture.StartAsync(profile, http =>
        {
            http.Response.Headers["X-User"] = "ana";
            return Task.CompletedTask;
        }, auth => auth with { AuthResponseHeaders = ["X-User"] });

        await edge.GetAsync("Connection: X-User, X-Forwarded-Host\nX-User: eve\nX-Forwarded-Host: evil");

        Assert.Equal(["ana"], edge.AppCalls[0]["X-User"]);
        Assert.Equal(client is not null, edge.AppCalls[0].ContainsKey("X-Forwarded-Host"));
    }

    [Theory]
    [InlineData("V2_10")]
    [InlineData("V3_7_9")]
    public async Task A8_the_recommended_pattern_removes_every_spelling_of_an_identity_header(string profile)
    {
        var pattern = Recipes.Fill("traefik-labels").Split('\n').Single(line => line.Contains("HeadersRegex=", StringComparison.Ordinal)).Split("HeadersRegex=")[1];
        await using var edge = await EdgeFixture.StartAsync(profile, http =>
        {
            http.Response.Headers["X-authentik-username"] = "ana";
            return Task.CompletedTask;
        }, auth => auth with { AuthResponseHeadersRegex = pattern });

        // Every character that RFC 9110 section 5.6.2 allows in a name and that is no letter or digit.
        var spellings = "!#$%&'*+-.^_`|~".SelectMany(c => IdentityHeaders.Names.Select(name => $"{name.Replace('-', c)}: eve"));
        await edge.GetAsync(string.Join('\n', spellings) + "\nX-authentik_username: eve\nX_AUTHENTIK-name: eve");

        var left = Assert.Single(edge.AppCalls[0], header => header.Key.Contains("uthentik", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(("x-authentik-username", "ana"), (left.Key.ToLowerInvariant(), Assert.Single(left.Value)));
    }

    [Fact]
    public async Task A_websocket_passes_the_check_and_the_edge()
    {
        await using var service = await SampleServer.StartAsync(port: 0);
        await using var auth = await StubAuth.StartAsync();
        var configuration = new EdgeConfiguration
        {
            Middlewares = [new ForwardAuthOptions("auth", auth.Address.AbsoluteUri)],
            Services = [EdgeService.At("app", service.Address)],
            Routers = [new EdgeRouter("app", "PathPrefix(`/`)") { Service = "app", Middlewares = ["auth"] }],
        };
        await using var edge = await EdgeServer.StartAsync(new EdgeOptions { Configuration = configuration });
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(edge.HttpAddress) { Scheme = "ws", Path = "/ws" }.Uri, TestContext.Current.CancellationToken);

        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);

        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, received.Count));
        Assert.Equal("GET", auth.Call.Method);
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(
        string headers,
        Func<EdgeOptions, EdgeOptions>? edge = null,
        bool? trust = null,
        string target = "/",
        string method = "GET",
        string profile = "V3_7_9")
    {
        await using var auth = await RawStub.StartAsync();
        await using var fixture = await EdgeFixture.StartAsync(
            profile, auth: forward => forward with { Address = auth.Address.AbsoluteUri, TrustForwardHeader = trust }, edge: edge);
        await RawClient.SendAsync(fixture.Server.HttpAddress, $"{method} {target} HTTP/1.1\nHost: app.test\n{headers}");
        return auth.Lines;
    }
}
