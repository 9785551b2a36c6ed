using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Sidecar.EndToEnd.Tests.Proxies;

/// <summary>What programs and scripts get from a service behind each proxy.</summary>
[Trait("Kind", "Slow")]
public sealed class TrafficThroughProxyTests(ProxiedSite site)
{
    private static readonly Uri Json = new(ProxiedSite.Service, "/json");

    public static TheoryData<string> Kinds => [.. ProxyKinds.All];

    public static MatrixTheoryData<string, string> KindsAndMethods => new(ProxyKinds.All, ["GET", "POST", "OPTIONS", "PUT", "DELETE"]);

    [Theory]
    [MemberData(nameof(KindsAndMethods))]
    public async Task A_script_without_a_session_gets_401_with_the_sign_in_address(string kind, string method)
    {
        using var browser = (await site.ProxyAsync(kind)).OpenBrowser();

        var answer = await browser.FetchAsync(new HttpMethod(method), Json);

        Assert.True(answer.Status == HttpStatusCode.Unauthorized, answer.ToString());
        Assert.Equal("application/json", answer.Headers["Content-Type"][0]);
        Assert.Contains("http://app.example.com/outpost.goauthentik.io/start", answer.Text, StringComparison.Ordinal);
        Assert.False(answer.Headers.ContainsKey("Set-Cookie"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task HEAD_of_a_page_without_a_session_is_sent_to_sign_in(string kind)
    {
        var answer = await (await site.ProxyAsync(kind)).SendAsync("HEAD /json HTTP/1.1", ticket: null);

        Assert.Equal(302, answer.Status);
        Assert.Empty(answer.Body);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_form_that_is_sent_without_a_session_is_not_redirected(string kind)
    {
        using var browser = (await site.ProxyAsync(kind)).OpenBrowser();

        var page = await browser.SubmitAsync(Json, [new("amount", "7")]);

        Assert.Equal(HttpStatusCode.Unauthorized, page.Status);
    }

    [Theory]
    [MemberData(nameof(KindsAndMethods))]
    public async Task Whoever_may_enter_enters_with_any_method(string kind, string method)
    {
        using var browser = (await site.ProxyAsync(kind)).OpenBrowser(await site.TicketAsync(ProxiedSite.Member));

        var answer = await browser.FetchAsync(new HttpMethod(method), Json);

        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
        Assert.Equal(method, SeenByService.Read(answer.Text).Method);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_WebSocket_of_somebody_who_may_enter_goes_through(string kind)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var socket = new ClientWebSocket();
        await (await site.ProxyAsync(kind)).ConnectAsync(socket, await site.TicketAsync(ProxiedSite.Member), cancel);

        await socket.SendAsync(Encoding.UTF8.GetBytes("héllo"), WebSocketMessageType.Text, true, cancel);
        var buffer = new byte[64];
        var message = await socket.ReceiveAsync(buffer, cancel);

        Assert.Equal("héllo", Encoding.UTF8.GetString(buffer, 0, message.Count));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, cancel);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_WebSocket_without_a_session_gets_401(string kind)
    {
        using var socket = new ClientWebSocket();
        var proxy = await site.ProxyAsync(kind);

        await Assert.ThrowsAsync<WebSocketException>(() => proxy.ConnectAsync(socket, null, TestContext.Current.CancellationToken));

        Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Two_cookies_of_the_service_stay_two(string kind)
    {
        var answer = await (await site.ProxyAsync(kind)).SendAsync("GET /cookies HTTP/1.1", await site.TicketAsync(ProxiedSite.Member));

        Assert.Equal(["first=1; path=/", "second=2; path=/"], answer.All("Set-Cookie"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task While_the_outpost_is_away_nobody_enters(string kind)
    {
        await using var cut = await site.CutOffAsync(kind);

        var answer = await cut.SendAsync("GET /public/logo HTTP/1.1", await site.TicketAsync(ProxiedSite.Member));

        Assert.InRange(answer.Status, 400, 599);
        Assert.DoesNotContain("sample service", answer.Body, StringComparison.OrdinalIgnoreCase);
    }
}
