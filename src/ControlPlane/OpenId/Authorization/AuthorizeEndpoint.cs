using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Sidecar.ControlPlane.OpenId.Clients;
using Sidecar.ControlPlane.OpenId.SignIns;
using Sidecar.ControlPlane.OpenId.Token;
using Sidecar.ControlPlane.Sessions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Sidecar.ControlPlane.OpenId.Authorization;

/// <summary>
/// The authorization endpoint (RFC 6749 section 3.1). OpenIddict has checked client, redirect address, PKCE and nonce. A code needs three things more: a
/// live session, access to the application, and a passed run of the provider's authorization flow for exactly this request.
/// </summary>
internal sealed class AuthorizeEndpoint(
    OpenIdClients clients, BrowserSession sessions, SignInChecks checks, AuthorizationFlows flows, OpenIdPages pages, TimeProvider time)
{
    public async Task<IResult> HandleAsync(HttpContext http)
    {
        if (http.GetOpenIddictServerResponse() is { } failure)
        {
            return await pages.FailureAsync(http, failure);
        }

        if (http.GetOpenIddictServerRequest() is not { ClientId: { } clientId } request
            || await clients.FindByClientIdAsync(clientId, http.RequestAborted) is not { } client)
        {
            return TypedResults.BadRequest();
        }

        var session = await sessions.FindAsync(http);
        if (session is null || request.AsksForFreshSignIn(session, time.GetUtcNow()))
        {
            return request.IsSilent()
                ? OpenIdErrors.Refuse(Errors.LoginRequired, "Nobody is signed in, and the request forbids asking.")
                : TypedResults.Redirect(await flows.SignInAsync(http, client, request));
        }

        return await checks.CheckAsync(session.Id, client, http.RequestAborted) switch
        {
            { SignIn: { } signIn } => await AuthorizeAsync(http, client, request, signIn),

            // A page, not a redirect to sign in: signing in again would lead back here.
            var refused => request.IsSilent()
                ? OpenIdErrors.Refuse(Errors.AccessDenied, "The user has no access to this application.")
                : await pages.NoAccessAsync(http, client, refused.Reason, request.Address()),
        };
    }

    private async Task<IResult> AuthorizeAsync(HttpContext http, OpenIdClient client, OpenIddictRequest request, StandingSignIn signIn)
    {
        if (!await flows.IsAuthorizedAsync(http, client, request, signIn))
        {
            return request.IsSilent()
                ? OpenIdErrors.Refuse(Errors.ConsentRequired, "The user must be asked, and the request forbids it.")
                : TypedResults.Redirect(await flows.AskAsync(http, client, request, signIn));
        }

        return TypedResults.SignIn(
            SignInPrincipal.ForCode(signIn, request.GetScopes()), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }
}
