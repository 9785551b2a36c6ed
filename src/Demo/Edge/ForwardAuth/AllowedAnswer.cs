using System.Text.RegularExpressions;
using Sidecar.Demo.Edge.Headers;
using Sidecar.Demo.Edge.Rules;
using Sidecar.Demo.Edge.Transport;

namespace Sidecar.Demo.Edge.ForwardAuth;

/// <summary>Rules A7 to A10: what a 2xx answer puts on the request for the service, and on the service's answer.</summary>
internal sealed class AllowedAnswer(ForwardAuthOptions options)
{
    private readonly Regex? _pattern =
        options.AuthResponseHeadersRegex.Length > 0 ? GoRegexp.Compile(options.AuthResponseHeadersRegex) : null;

    public void Apply(AuthAnswer answer, EdgeExchange exchange)
    {
        foreach (var name in options.AuthResponseHeaders)
        {
            Replace(exchange.Headers, name, answer);
        }

        ApplyPattern(answer, exchange.Headers);
        AddCookies(answer, exchange.Http.Response);
    }

    private void ApplyPattern(AuthAnswer answer, IHeaderDictionary headers)
    {
        if (_pattern is null)
        {
            return;
        }

        foreach (var name in headers.Keys.Where(name => _pattern.IsMatch(HeaderNames.Canonical(name))).ToList())
        {
            headers.Remove(name);
        }

        foreach (var name in answer.Headers.Names.Where(name => _pattern.IsMatch(name)))
        {
            Replace(headers, name, answer);
        }
    }

    // The client's own copy goes first, so that a name the auth server leaves out is out.
    private static void Replace(IHeaderDictionary headers, string name, AuthAnswer answer)
    {
        headers.Remove(name);
        if (answer.Headers.Values(name) is { Count: > 0 } values)
        {
            headers[name] = values.ToArray();
        }
    }

    private void AddCookies(AuthAnswer answer, HttpResponse response)
    {
        var cookies = answer.Headers.Values("Set-Cookie");
        if (options.AddAuthCookiesToResponse.Count > 0 && cookies.Count > 0)
        {
            var added = cookies.Where(IsNamed).ToArray();
            response.OnStarting(() => MergeAsync(response, added));
        }
    }

    private Task MergeAsync(HttpResponse response, string[] added)
    {
        var kept = response.Headers.SetCookie.Where(cookie => !IsNamed(cookie));
        response.Headers.SetCookie = kept.Concat(added).ToArray();
        return Task.CompletedTask;
    }

    private bool IsNamed(string? cookie) =>
        options.AddAuthCookiesToResponse.Contains((cookie ?? "").Split('=', 2)[0].Trim(), StringComparer.Ordinal);
}
