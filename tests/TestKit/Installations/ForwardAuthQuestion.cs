using System.Net;
using Sidecar.TestKit.Browsers;

namespace Sidecar.TestKit.Installations;

/// <summary>One request to <c>/outpost.goauthentik.io/auth/traefik</c>, with the headers that Traefik's forwardAuth sends.</summary>
public sealed record ForwardAuthQuestion(Uri ExternalHost, string Path)
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false });

    public string? Cookie { get; init; }

    public string Method { get; init; } = "GET";

    /// <summary>As a browser marks it; false: as a script of a page does.</summary>
    public bool IsNavigation { get; init; } = true;

    public IReadOnlyDictionary<string, string> MoreHeaders { get; init; } = new Dictionary<string, string>();

    /// <summary>Name and value of every header, in the order in which they are sent.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers
    {
        get
        {
            yield return new("X-Forwarded-Proto", ExternalHost.Scheme);
            yield return new("X-Forwarded-Host", ExternalHost.Authority);
            yield return new("X-Forwarded-Uri", Path);
            yield return new("X-Forwarded-Method", Method);
            yield return new("X-Forwarded-For", "203.0.113.9");
            yield return new("Accept", IsNavigation ? "text/html" : "application/json");
            yield return new("Accept-Language", "en-GB,en;q=0.9");
            yield return new("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36");
            yield return new("Sec-Fetch-Mode", IsNavigation ? "navigate" : "cors");
            if (Cookie is not null)
            {
                yield return new("Cookie", "theme=dark; " + Cookie);
            }

            foreach (var header in MoreHeaders)
            {
                yield return header;
            }
        }
    }

    public async Task<Page> AskAsync(Uri outpost)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(outpost, "outpost.goauthentik.io/auth/traefik"));
        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request);
        return await Page.ReadAsync(response);
    }

    /// <summary>Asks until the answer has this status; throws with the last answer when it never has.</summary>
    public Task WaitForAsync(Uri outpost, HttpStatusCode status, TimeSpan deadline) => WaitForAsync(outpost, [status], deadline);

    /// <inheritdoc cref="WaitForAsync(Uri, HttpStatusCode, TimeSpan)"/>
    public async Task WaitForAsync(Uri outpost, IReadOnlyCollection<HttpStatusCode> statuses, TimeSpan deadline)
    {
        using var late = new CancellationTokenSource(deadline);
        for (var last = "no answer"; ; await Task.Delay(10, CancellationToken.None))
        {
            try
            {
                var answer = await AskAsync(outpost);
                if (statuses.Contains(answer.Status))
                {
                    return;
                }

                last = answer.ToString();
            }
            catch (HttpRequestException problem)
            {
                last = problem.Message;
            }

            if (late.IsCancellationRequested)
            {
                throw new TimeoutException($"not {string.Join(" or ", statuses.Select(status => (int)status))} within {deadline}; last: {last}");
            }
        }
    }
}
