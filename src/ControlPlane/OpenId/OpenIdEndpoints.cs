using Sidecar.ControlPlane.OpenId.Authorization;
using Sidecar.ControlPlane.OpenId.Clients;
using Sidecar.ControlPlane.OpenId.EndSession;
using Sidecar.ControlPlane.OpenId.Token;
using Sidecar.ControlPlane.OpenId.UserInfo;

namespace Sidecar.ControlPlane.OpenId;

/// <summary>
/// The OpenID provider's routes. Discovery, key set, introspection and revocation are answered by OpenIddict before routing. Anybody may call all of them:
/// they authenticate by client secret, token or session themselves. None answers a script of another origin: there is no CORS.
/// </summary>
internal static class OpenIdEndpoints
{
    private static readonly string[] GetOrPost = ["GET", "POST"];

    public static void MapOpenId(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods(OpenIdAddresses.Authorize, GetOrPost, (HttpContext http, AuthorizeEndpoint endpoint) => endpoint.HandleAsync(http))
            .AllowAnonymous().DisableAntiforgery();
        routes.MapPost(OpenIdAddresses.Token, TokenEndpoint.HandleAsync).AllowAnonymous().DisableAntiforgery();
        routes.MapMethods(OpenIdAddresses.UserInfo, GetOrPost, UserInfoEndpoint.HandleAsync).AllowAnonymous().DisableAntiforgery();
        routes.MapMethods(
                OpenIdAddresses.Root + "{slug}/" + OpenIdAddresses.EndSession,
                GetOrPost,
                (HttpContext http, string slug, EndSessionEndpoint endpoint) => endpoint.HandleAsync(http, slug))
            .AllowAnonymous().DisableAntiforgery();
        routes.MapGet(OpenIdAddresses.Root + "{slug}/", ToDiscoveryAsync).AllowAnonymous();
    }

    // The issuer identifier is an address that people open in a browser.
    private static async Task<IResult> ToDiscoveryAsync(string slug, OpenIdClients clients, CancellationToken cancel) =>
        await clients.FindBySlugAsync(slug, cancel) is { } client
            ? TypedResults.LocalRedirect($"~{OpenIdAddresses.Root}{client.Slug}/{OpenIdAddresses.Discovery}")
            : TypedResults.NotFound();
}
