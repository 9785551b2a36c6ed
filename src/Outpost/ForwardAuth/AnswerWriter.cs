using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>
/// The only place that writes 200, and so the only place that lets a request through. Exactly 200, an empty body and a length, because proxies read a missing
/// status as 200 and Envoy takes nothing else for it; every identity header, because proxies pass a client's own on when one is missing.
/// </summary>
internal static class AnswerWriter
{
    public static void Allow(IFeatureCollection features, IHttpResponseFeature response, IdentityAnswer identity)
    {
        var application = identity.Application;
        var headers = response.Headers;
        headers[IdentityHeaders.Username] = identity.Username;
        headers[IdentityHeaders.Groups] = identity.Groups;
        headers[IdentityHeaders.Entitlements] = identity.Entitlements;
        headers[IdentityHeaders.Email] = identity.Email;
        headers[IdentityHeaders.Name] = identity.Name;
        headers[IdentityHeaders.Uid] = identity.Uid;
        headers[IdentityHeaders.Jwt] = identity.Assertion;
        headers[IdentityHeaders.MetaJwks] = application.MetaJwks;
        headers[IdentityHeaders.MetaOutpost] = application.MetaOutpost;
        headers[IdentityHeaders.MetaProvider] = application.MetaProvider;
        headers[IdentityHeaders.MetaApp] = application.MetaApp;
        headers[IdentityHeaders.MetaVersion] = ProductVersion.Header;
        if (identity.Authorization is not null)
        {
            headers.Authorization = identity.Authorization;
        }

        for (var i = 0; i < identity.Additional.Count; i++)
        {
            var (name, value) = identity.Additional[i];
            headers[name] = value;
        }

        if (application.HidesTicket)
        {
            headers.Cookie = WithoutTicket(features, application);
        }

        headers.CacheControl = "no-store";
        headers.ContentLength = 0;
        response.StatusCode = StatusCodes.Status200OK;
    }

    private static StringValues WithoutTicket(IFeatureCollection features, ApplicationView application) =>
        CookieStripper.Without(features.GetRequiredFeature<IHttpRequestFeature>().Headers.Cookie, application.CookieName, application.BrowserCookieName);
}
