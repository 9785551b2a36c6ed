using System.Net;
using System.Net.Sockets;
using System.Text;
using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Wire;

namespace Sidecar.Outpost.Tests.Limits;

/// <summary>A client that sends more than it should, or never ends.</summary>
public sealed class ClientLimitTests
{
    private const string Check = "GET /outpost.goauthentik.io/auth/traefik HTTP/1.1";

    private static readonly string[] Asked = ["Host: outpost:9000", "X-Forwarded-Proto: https", "X-Forwarded-Host: wiki.example", "X-Forwarded-Uri: /"];

    public static TheoryData<string, int> TooMuch => new()
    {
        { $"{Check.Replace("traefik", "envoy/" + new string('a', 70_000), StringComparison.Ordinal)}\n{string.Join('\n', Asked)}", 414 },
        { $"{Check}\n{string.Join('\n', Asked)}\nX-Other: {new string('a', 140_000)}", 431 },
        { $"{Check}\n{string.Join('\n', Asked)}\n{string.Join('\n', Enumerable.Range(0, 600).Select(i => $"X-Other-{i}: a"))}", 431 },
        { $"{Check}\n{string.Join('\n', Asked)}\nCookie: {string.Join("; ", Enumerable.Range(0, 20_000).Select(i => $"a{i}=b"))}", 431 },
    };

    [Theory]
    [MemberData(nameof(TooMuch))]
    public async Task What_is_larger_than_any_honest_request_is_refused_before_it_is_read(string head, int status)
    {
        await using var outpost = new OutpostUnderTest();
        var address = new Uri(await outpost.StartAsync());

        var answer = await RawClient.SendAsync(address, $"{head}\nCookie: {outpost.TicketCookie()}");

        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData("Content-Length: 1000000000")]
    [InlineData("Transfer-Encoding: chunked")]
    public async Task A_body_is_not_waited_for(string length)
    {
        await using var outpost = new OutpostUnderTest();
        var address = new Uri(await outpost.StartAsync());

        var answer = await RawClient.SendLinesAsync(address, [Check.Replace("GET", "POST", StringComparison.Ordinal), .. Asked, length, "Connection: close", $"Cookie: {outpost.TicketCookie()}"]);

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    [Trait("Kind", "Slow")]
    public async Task Clients_that_never_end_their_request_hold_nobody_up_and_are_closed()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var outpost = new OutpostUnderTest();
        var http = new Uri(await outpost.StartAsync());
        var slow = new List<TcpClient>();
        for (var i = 0; i < 200; i++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(http.Host, http.Port, cancel);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{Check}\r\nHost: wiki.example\r\nX-Slow: "), cancel);
            slow.Add(client);
        }

        var answer = await RawClient.SendLinesAsync(http, [Check, .. Asked, "Connection: close", $"Cookie: {outpost.TicketCookie()}"]);

        Assert.Equal(200, answer.Status);
        foreach (var client in slow)
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            var said = await reader.ReadToEndAsync(cancel).WaitAsync(TimeSpan.FromMinutes(2), cancel);
            Assert.True(said.Length == 0 || said.StartsWith($"HTTP/1.1 {(int)HttpStatusCode.RequestTimeout} ", StringComparison.Ordinal), said);
            client.Dispose();
        }
    }
}
