using Microsoft.IdentityModel.JsonWebTokens;
using Sidecar.Outpost.ForwardAuth;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.SignIn;

/// <summary>
/// Checks the ID token of an exchange (OpenID Connect Core 3.1.3.7). It came straight from the token endpoint over the authenticated channel, which that
/// section takes in place of the signature. It is checked and dropped: who somebody is comes from the ticket.
/// </summary>
internal static class IdTokenCheck
{
    /// <returns>What is wrong, for the log, or null.</returns>
    public static string? ProblemOf(string idToken, ApplicationView application, AttemptState attempt, long now)
    {
        JsonWebToken token;
        try
        {
            token = new JsonWebToken(idToken);
        }
        catch (ArgumentException)
        {
            return "the ID token cannot be read";
        }

        var provider = application.Provider;
        return token.Issuer != provider.Issuer ? "the ID token names another issuer"
            : !token.Audiences.SequenceEqual([provider.ClientId]) ? "the ID token is for another client"
            : !token.TryGetPayloadValue<string>("nonce", out var nonce) || nonce != attempt.Nonce ? "the ID token is of another attempt"
            : !token.TryGetPayloadValue<long>("exp", out var expires) || expires + CachedTicket.ClockSkewSeconds <= now ? "the ID token has expired"
            : null;
    }
}
