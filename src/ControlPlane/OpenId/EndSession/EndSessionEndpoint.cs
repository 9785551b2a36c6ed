using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Extensions;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Sidecar.ControlPlane.Browsers;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Http;
using Sidecar.ControlPlane.OpenId.Clients;
using Sidecar.ControlPlane.OpenId.Token;
using Sidecar.ControlPlane.Sessions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Sidecar.ControlPlane.OpenId.EndSession;

/// <summary>
/// The end-session endpoint (OpenID Connect RP-Initiated Logout 1.0). The provider's invalidation flow ends the session: at once when the request shows that
/// it is meant, else after a yes of the person at the browser. Then the browser goes to the application's address, if OpenIddict found it registered.
/// </summary>
internal sealed class EndSessionEndpoint(OpenIdClients clients, BrowserSession sessions, FlowStarter starter, ProviderFlows flows, OpenIdPages pages)
{
    public async Task<IResult> HandleAsync(HttpContext http, string slug)
    {
        if (http.GetOpenIddictServerResponse() is { } failure)
        {
            return await pages.FailureAsync(http, failure);
        }

        if (http.GetOpenIddictServerRequest() is not { } request || await clients.FindBySlugAsync(slug, http.RequestAborted) is not { } client)
        {
            return TypedResults.NotFound();
        }

        var address = AddressOf(client, request);
        if (HttpMethods.IsPost(http.Request.Method))
        {
            // A form of another site comes without the session's cookie; the GET that follows has it.
            return new SeeOther(address);
        }

        return await sessions.FindAsync(http) is { } session ? await EndAsync(http, client, session, address) : await AfterwardsAsync(http, client, request);
    }

    private async Task<IResult> EndAsync(HttpContext http, OpenIdClient client, Session session, string address)
    {
        if (await flows.FindEndingSessionAsync(http, client.Provider.InvalidationFlowId) is not { } flow)
        {
            return TypedResults.Redirect(Addresses.SignOutThen(address));
        }

        // Opened by its address the flow asks first when another site sent the browser; started from here it does not.
        return await IsMeantAsync(http, session)
            ? TypedResults.Redirect(await starter.StartAsync(http, flow, new FlowStart { Next = address, Application = client.Application.Id }))
            : TypedResults.Redirect(Addresses.OfFlow(flow.Slug, "next=" + Uri.EscapeDataString(address)));
    }

    private async Task<IResult> AfterwardsAsync(HttpContext http, OpenIdClient client, OpenIddictRequest request) =>
        string.IsNullOrEmpty(request.PostLogoutRedirectUri)
            ? await pages.SignedOutAsync(http, client.Application.Name)
            : TypedResults.SignOut(authenticationSchemes: [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);

    // An ID token of this very session shows that its application asks; anybody else's proves nothing.
    private static async Task<bool> IsMeantAsync(HttpContext http, Session session)
    {
        var hint = (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal;
        return hint?.GetClaim(SignInPrincipal.SessionId) == session.Id.ToString("D")
            || http.Request.Headers["Sec-Fetch-Site"] == "same-origin";
    }

    // Without the hint: it has done its work, and a token does not belong into addresses that are kept.
    private static string AddressOf(OpenIdClient client, OpenIddictRequest request)
    {
        var query = new QueryBuilder();
        foreach (var name in (string[])[Parameters.PostLogoutRedirectUri, Parameters.State])
        {
            if ((string?)request.GetParameter(name) is { Length: > 0 } value)
            {
                query.Add(name, value);
            }
        }

        return $"{OpenIdAddresses.Root}{client.Slug}/{OpenIdAddresses.EndSession}{query.ToQueryString()}";
    }
}
