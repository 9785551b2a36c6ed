using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace Sidecar.TestKit.Browsers;

/// <summary>
/// A browser without a screen: keeps cookies, sends what a navigation sends, follows redirects one by one and remembers them. Every host name leads to
/// loopback, so that the names of a compose file can be used as they are. For what a person sees there is Chromium.
/// </summary>
public sealed class Browser : IDisposable
{
    private const int MaxRedirects = 20;

    private readonly HttpClient _client;

    /// <param name="portOf">The loopback port that a URI leads to; null: the port that it names.</param>
    public Browser(Func<Uri, int>? portOf = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            CookieContainer = Cookies,
            UseProxy = false,

            // A test's edge signs its certificate itself; nothing but that is forgiven.
            SslOptions = { RemoteCertificateValidationCallback = (_, _, _, errors) => (errors & SslPolicyErrors.RemoteCertificateNotAvailable) == 0 },
            ConnectCallback = async (context, cancel) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    var port = portOf?.Invoke(context.InitialRequestMessage.RequestUri!) ?? context.DnsEndPoint.Port;
                    await socket.ConnectAsync(IPAddress.Loopback, port, cancel);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        // A busy machine is no failure: only a hang is.
        _client = new HttpClient(handler) { Timeout = TimeSpan.FromMinutes(5) };
    }

    public CookieContainer Cookies { get; } = new();

    /// <summary>The addresses of the last navigation, first to last.</summary>
    public IReadOnlyList<Uri> Trail { get; private set; } = [];

    /// <summary>Opens an address as if typed or clicked, and goes where it leads.</summary>
    public Task<Page> NavigateAsync(string address) => NavigateAsync(new Uri(address));

    public async Task<Page> NavigateAsync(Uri address)
    {
        List<Uri> trail = [address];
        Trail = trail;
        var page = await LookAsync(address);
        while (page.Redirect is { } next)
        {
            if (trail.Count > MaxRedirects)
            {
                throw new InvalidOperationException("redirected in a circle:\n" + string.Join('\n', trail));
            }

            trail.Add(next);
            page = await LookAsync(next);
        }

        return page;
    }

    /// <summary>Opens an address and stays there, whatever it answers.</summary>
    public Task<Page> LookAsync(Uri address) => SendAsync(Navigation(HttpMethod.Get, address));

    /// <summary>Sends a form as its page would, and follows where the answer leads.</summary>
    public async Task<Page> SubmitAsync(Uri address, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var request = Navigation(HttpMethod.Post, address);
        request.Headers.TryAddWithoutValidation("Origin", address.GetLeftPart(UriPartial.Authority));
        request.Content = new FormUrlEncodedContent(fields);
        var page = await SendAsync(request);
        return page.Redirect is { } next ? await NavigateAsync(next) : page;
    }

    /// <summary>What a script on a page sends: no navigation.</summary>
    public Task<Page> FetchAsync(HttpMethod method, Uri address, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Mode", "cors");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return SendAsync(request);
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage Navigation(HttpMethod method, Uri address)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Mode", "navigate");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Dest", "document");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", method == HttpMethod.Get ? "none" : "same-origin");
        return request;
    }

    private async Task<Page> SendAsync(HttpRequestMessage request)
    {
        using (request)
        using (var response = await _client.SendAsync(request))
        {
            return await Page.ReadAsync(response);
        }
    }
}
