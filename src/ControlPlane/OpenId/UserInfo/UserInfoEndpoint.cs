using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Sidecar.ControlPlane.OpenId.Clients;
using Sidecar.ControlPlane.OpenId.Issuers;
using Sidecar.ControlPlane.OpenId.SignIns;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Sidecar.ControlPlane.OpenId.UserInfo;

/// <summary>The userinfo endpoint (OpenID Connect Core 5.3): who the user is now, not who they were when the token was made.</summary>
internal static class UserInfoEndpoint
{
    public static async Task<IResult> HandleAsync(
        HttpContext http, OpenIdClients clients, SignInChecks checks, UserClaims claims, PublicAddress publicAddress)
    {
        var token = (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal;
        if (token?.GetPresenters() is not [var clientId]
            || await clients.FindByClientIdAsync(clientId, http.RequestAborted) is not { } client
            || token.GetClaim(Claims.Issuer) != (await publicAddress.FindIssuerAsync(client.Slug, http.RequestAborted))?.AbsoluteUri
            || await checks.FindUserAsync(token, client, http.RequestAborted) is not { } user)
        {
            return OpenIdErrors.Refuse(Errors.InvalidToken, "The sign-in that this token was given for does not stand any more.");
        }

        return TypedResults.Json(await claims.OfAsync(user, token.GetScopes(), http.RequestAborted));
    }
}
