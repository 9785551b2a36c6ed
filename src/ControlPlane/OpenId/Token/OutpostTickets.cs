using System.Text.Json;
using Sidecar.Contracts;
using Sidecar.Contracts.Channel;
using Sidecar.ControlPlane.OpenId.Clients;
using Sidecar.ControlPlane.OpenId.SignIns;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Tickets;

namespace Sidecar.ControlPlane.OpenId.Token;

/// <summary>
/// The ticket in a token response, for an outpost that proves itself and serves the client; to anyone else the header changes nothing. A code redeemed twice
/// takes back OAuth tokens, not the ticket: a second redemption needs client secret and verifier, so it is the outpost's own (a callback loaded again), and
/// to sign the user out for it would be wrong. The ticket ends with its session.
/// </summary>
internal sealed class OutpostTickets(OutpostAuthentication outposts, TicketIssuer issuer)
{
    public async Task<JsonElement?> GrantAsync(HttpContext http, OpenIdClient client, StandingSignIn signIn)
    {
        var token = http.Request.Headers[ChannelRoutes.OutpostTokenHeader];
        if (token.Count != 1
            || await outposts.AuthenticateAsync(token[0], http.RequestAborted) is not OutpostTokenOutcome.Accepted { Outpost: var outpost }
            || await issuer.IssueAsync(signIn.Session, client.Provider, outpost.Id, http.RequestAborted) is not { } grant)
        {
            return null;
        }

        return JsonSerializer.SerializeToElement(grant, ContractsJson.Default.TicketGrant);
    }
}
