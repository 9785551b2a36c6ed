using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Sidecar.Contracts.Channel;
using Sidecar.ControlPlane.OpenId.Clients;
using Sidecar.ControlPlane.OpenId.SignIns;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Sidecar.ControlPlane.OpenId.Token;

/// <summary>
/// The token endpoint (RFC 6749 section 3.2). OpenIddict has checked client, code, redirect address and verifier; here is checked that the sign-in still
/// stands, and an outpost is given its ticket.
/// </summary>
internal static class TokenEndpoint
{
    public static async Task<IResult> HandleAsync(
        HttpContext http, OpenIdClients clients, SignInChecks checks, UserClaims userClaims, OutpostTickets tickets, TimeProvider time,
        ILogger<OpenIdLog.Category> log)
    {
        if (http.GetOpenIddictServerRequest() is { ClientId: { } machine } request && request.IsClientCredentialsGrantType())
        {
            return await ForMachineAsync(http, machine, request, clients, userClaims, time);
        }

        if (http.GetOpenIddictServerRequest() is not { ClientId: { } clientId }
            || (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal is not { } granted
            || await clients.FindByClientIdAsync(clientId, http.RequestAborted) is not { } client)
        {
            return TypedResults.BadRequest();
        }

        if (await checks.FindAsync(granted.GetClaim(SignInPrincipal.SessionId), client, http.RequestAborted) is not { } signIn)
        {
            log.SignInNoLongerStands(client.ClientId);

            // One answer for a disabled user, an ended session and lost access.
            return OpenIdErrors.Refuse(Errors.InvalidGrant, "The sign-in that this was given for does not stand any more.");
        }

        var properties = new AuthenticationProperties();
        if (await tickets.GrantAsync(http, client, signIn) is { } grant)
        {
            properties.Parameters[TicketGrant.MemberName] = new OpenIddictParameter(grant);
        }

        var scopes = granted.GetScopes();
        var claims = await userClaims.OfAsync(signIn.User, scopes, http.RequestAborted);
        var principal = SignInPrincipal.ForTokens(signIn, client, scopes, claims, time.GetUtcNow());
        return TypedResults.SignIn(principal, properties, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static async Task<IResult> ForMachineAsync(
        HttpContext http, string clientId, OpenIddictRequest request, OpenIdClients clients, UserClaims userClaims, TimeProvider time)
    {
        if (http.Features.Get<OpenIddictServerAspNetCoreFeature>()?.Transaction is not { } transaction
            || AcceptAppPassword.CredentialOf(transaction) is not { } credential
            || await clients.FindByClientIdAsync(clientId, http.RequestAborted) is not { } client)
        {
            return TypedResults.BadRequest();
        }

        var scopes = request.GetScopes().Intersect(OpenIdScopes.All, StringComparer.Ordinal).Except([Scopes.OfflineAccess]).ToList();
        var claims = await userClaims.OfAsync(credential.User, scopes, http.RequestAborted);
        return TypedResults.SignIn(
            SignInPrincipal.ForCredential(credential, client, scopes, claims, time.GetUtcNow()), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }
}
