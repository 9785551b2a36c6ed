using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.Hosting;
using Sidecar.Outpost.Tests.Harness;

namespace Sidecar.Outpost.Tests.ForwardAuth;

/// <summary>The same rules through the real server, byte by byte.</summary>
public sealed class KestrelTests
{
    [Fact]
    public async Task A_name_with_other_letters_goes_out_as_UTF_8_and_nothing_surrounds_the_answer()
    {
        await using var outpost = new OutpostUnderTest();

        var answer = await SendAsync(outpost, Check($"Cookie: {outpost.TicketCookie()}"));

        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nX-authentik-name: ana M\u00c3\u00bcller\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Length: 0\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\nServer:", answer, StringComparison.Ordinal);
        Assert.All(IdentityHeaders.All, name => Assert.Contains($"\r\n{name}:", answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_that_is_no_valid_text_is_still_an_answer()
    {
        await using var outpost = new OutpostUnderTest();
        outpost.ChangeAna(ana => ana with { Name = "\ud800 broken \u0085 \u2028 \U0001F600" });

        Assert.StartsWith("HTTP/1.1 200 ", await SendAsync(outpost, Check($"Cookie: {outpost.TicketCookie()}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_of_the_application_with_other_bytes_disturbs_nobody()
    {
        await using var outpost = new OutpostUnderTest();

        Assert.StartsWith("HTTP/1.1 200 ", await SendAsync(outpost, Check($"Cookie: a=\u00e9\u00ff; {outpost.TicketCookie()}")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_that_a_proxy_lets_through_are_not_too_many_or_too_long()
    {
        await using var outpost = new OutpostUnderTest();
        var many = string.Join("\r\n", Enumerable.Range(0, 150).Select(i => $"X-Other-{i}: {new string('x', 300)}"));

        Assert.StartsWith(
            "HTTP/1.1 200 ", await SendAsync(outpost, Check($"{many}\r\nCookie: a={new string('b', 40_000)}; {outpost.TicketCookie()}")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X_Authentik_Username")]
    [InlineData("x-authentik-jwt")]
    [InlineData("X.Authentik.Groups")]
    public async Task The_spoof_guard_sees_what_the_server_read(string name)
    {
        await using var outpost = new OutpostUnderTest();

        var answer = await SendAsync(outpost, Check($"Cookie: {outpost.TicketCookie()}\r\n{name}: admin"));

        Assert.StartsWith("HTTP/1.1 403 ", answer, StringComparison.Ordinal);
        Assert.Contains("spoofed-header", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_that_came_twice_is_seen_twice()
    {
        await using var outpost = new OutpostUnderTest();

        var answer = await SendAsync(outpost, Check($"Cookie: {outpost.TicketCookie()}\r\nX-Forwarded-Uri: /other"));

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("ambiguous-forwarded-headers", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/outpost.goauthentik.io/auth/envoy/../../outpost.goauthentik.io/ping")]
    [InlineData("/outpost.goauthentik.io/auth/envoy/%2e%2e/%2e%2e/outpost.goauthentik.io/ping")]
    public async Task The_servers_own_reading_of_a_path_decides_nothing(string target)
    {
        await using var outpost = new OutpostUnderTest();

        Assert.StartsWith(
            "HTTP/1.1 403 ", await SendAsync(outpost, $"GET {target} HTTP/1.1\r\nHost: wiki.example\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HEAD_gets_the_same_headers_and_no_body()
    {
        await using var outpost = new OutpostUnderTest();

        var answer = await SendAsync(outpost, Check("X-Nothing: x").Replace("GET /", "HEAD /", StringComparison.Ordinal));

        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hit_allocates_nothing_with_the_servers_own_header_collections_either()
    {
        var bytes = new List<long>();
        await using var outpost = new OutpostUnderTest(services: services => services.AddSingleton<IHttpApplication<DefaultHttpContext>>(
            provider => new AllocationProbe(ActivatorUtilities.CreateInstance<OutpostRequests>(provider), bytes)));
        var cookie = outpost.TicketCookie();
        using var client = new HttpClient { BaseAddress = new Uri(await outpost.StartAsync()) };
        for (var i = 0; i < 60; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/outpost.goauthentik.io/auth/traefik");
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("X-Forwarded-Host", "wiki.example");
            request.Headers.Add("X-Forwarded-Uri", "/page?x=1");
            request.Headers.Add("X-Forwarded-Method", "GET");
            request.Headers.Add("Cookie", cookie);
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        }

        // One connection: after its first requests the server's collections have grown to what they need.
        Assert.Equal(0, bytes.Skip(30).Min());
    }

    private static string Check(string more) =>
        "GET /outpost.goauthentik.io/auth/traefik HTTP/1.1\r\nHost: outpost:9000\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: wiki.example\r\n"
        + $"X-Forwarded-Uri: /page\r\nX-Forwarded-Method: GET\r\nConnection: close\r\n{more}\r\n\r\n";

    // Latin-1 both ways: one character, one byte.
    private static async Task<string> SendAsync(OutpostUnderTest outpost, string request)
    {
        var address = new Uri(await outpost.StartAsync());
        var cancel = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancel);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), cancel);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(cancel);
    }
}
