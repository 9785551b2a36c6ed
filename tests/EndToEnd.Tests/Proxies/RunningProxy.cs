using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using Sidecar.TestKit.Browsers;
using Sidecar.TestKit.Wire;

namespace Sidecar.EndToEnd.Tests.Proxies;

/// <summary>A proxy on a loopback port, for which every host name stands.</summary>
internal sealed class RunningProxy(int port, params IReadOnlyList<IAsyncDisposable> parts) : IAsyncDisposable
{
    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));

    /// <summary>With the cookie of somebody who has signed in, or with none.</summary>
    public Browser OpenBrowser(string? ticket = null)
    {
        var browser = new Browser(_ => port);
        if (ticket is not null)
        {
            browser.Cookies.SetCookies(ProxiedSite.Service, ticket);
        }

        return browser;
    }

    /// <summary>From the service's page to its sign-in form and back, as the member who may enter.</summary>
    public static async Task<Page> SignInAsync(Browser browser, Uri wanted)
    {
        var form = await browser.NavigateAsync(wanted);
        Assert.True(form.Address.AbsolutePath.StartsWith("/if/flow/", StringComparison.Ordinal), form.ToString());
        var page = await browser.SignInAsync(form, ProxiedSite.Member, ProxiedSite.Password);

        // On a machine that is too busy to redeem the code in time, the page says so and a person tries again.
        return page.Status == HttpStatusCode.ServiceUnavailable ? await browser.NavigateAsync(wanted) : page;
    }

    /// <summary>Exactly these lines, as a page of the service would be opened.</summary>
    public Task<RawAnswer> SendAsync(string requestLine, string? ticket, params IEnumerable<string> headers)
    {
        List<string> lines = [requestLine, "Accept: text/html", "Sec-Fetch-Mode: navigate", .. headers];
        if (!lines.Exists(line => line.StartsWith("Host:", StringComparison.OrdinalIgnoreCase)))
        {
            lines.Insert(1, $"Host: {ProxiedSite.Service.Host}");
        }

        if (ticket is not null)
        {
            lines.Add($"Cookie: {ticket}");
        }

        return RawClient.SendAsync(Address, string.Join('\n', lines));
    }

    public async Task ConnectAsync(ClientWebSocket socket, string? ticket, CancellationToken cancel)
    {
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Host", ProxiedSite.Service.Host);
        if (ticket is not null)
        {
            socket.Options.SetRequestHeader("Cookie", ticket);
        }

        await socket.ConnectAsync(new UriBuilder(Address) { Scheme = "ws", Path = "/ws" }.Uri, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in parts)
        {
            await part.DisposeAsync();
        }
    }
}
