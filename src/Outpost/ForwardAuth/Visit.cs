using Microsoft.AspNetCore.Http.Features;
using Sidecar.Outpost.ForwardAuth.Dialects;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>One request off the hit path: a check, or a browser at one of the outpost's own addresses.</summary>
internal sealed class Visit
{
    private bool? _isNavigation;

    public required HttpContext Context { get; init; }

    /// <summary><see cref="Dialects.Dialect.Direct"/> when the browser itself is here.</summary>
    public required Dialect Dialect { get; init; }

    public required ForwardedRequest Request { get; init; }

    public required ServingView View { get; init; }

    public required ApplicationView Application { get; init; }

    /// <summary>Timestamp of the monotonic clock at the request's beginning.</summary>
    public required long Started { get; init; }

    public IHeaderDictionary Headers => Context.Features.GetRequiredFeature<IHttpRequestFeature>().Headers;

    /// <summary>Whether the answer reaches a person who opened a page.</summary>
    public bool IsNavigation => _isNavigation ??= !Request.IsWebSocket && Navigation.Is(Headers, Request.Method);

    /// <summary>nginx and HAProxy understand 200, 401 and 403, and pass no cookie and no page on.</summary>
    public bool CanRedirect => Dialect != Dialect.Nginx;

    /// <summary>
    /// Where pages of this visit link to: the application's origin, in domain mode the host that the browser is at. Its scheme and port are always those
    /// of the configured external host.
    /// </summary>
    public string OriginHere => Application.Origin is not { } origin ? ""
        : Application.CookieDomain.Length == 0 ? origin.Text
        : origin.At(Request.Authority);
}
