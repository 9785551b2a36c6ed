using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using OpenIddict.Abstractions;
using Sidecar.ControlPlane.OpenId.Clients;
using Sidecar.ControlPlane.OpenId.SignIns;
using Sidecar.ControlPlane.Tokens;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Sidecar.ControlPlane.OpenId.Token;

/// <summary>What OpenIddict makes tokens from.</summary>
internal static class SignInPrincipal
{
    /// <summary>OpenID Connect Front-Channel Logout 1.0 section 3: names the session; finds it again at every later use of a token.</summary>
    public const string SessionId = "sid";

    /// <summary>In place of the session where there is none: the app password that a client signed in with (<see cref="TokenCredential"/>). Tokens end with it.</summary>
    public const string CredentialId = "sidecar_credential";

    /// <summary>authentik's word for "no class in particular".</summary>
    private const string DefaultContext = "goauthentik.io/providers/oauth2/default";

    private static readonly HashSet<string> InAccessToken =
        new([Claims.Subject, SessionId, CredentialId, Claims.AuthenticationTime, Claims.AuthenticationContextReference], StringComparer.Ordinal);

    /// <summary>For a code: who signed in and for what. The claims about the user are read when it is redeemed.</summary>
    public static ClaimsPrincipal ForCode(StandingSignIn signIn, IEnumerable<string> scopes)
    {
        var principal = Of(signIn, scopes);

        // What one sign-in led to shares an id, so that a code redeemed twice takes all of it back (RFC 6749 section 4.1.2).
        principal.SetAuthorizationId(Guid.NewGuid().ToString("D"));
        return principal;
    }

    /// <summary>For tokens, which end no later than the session does.</summary>
    public static ClaimsPrincipal ForTokens(StandingSignIn signIn, OpenIdClient client, IEnumerable<string> scopes, JsonObject userClaims, DateTimeOffset now)
    {
        var principal = Of(signIn, scopes);
        SetUserClaims(principal, userClaims);
        var untilEnd = signIn.Session.AbsoluteEnd - now;
        return principal
            .SetAccessTokenLifetime(Shorter(client.AccessTokenLifetime, untilEnd))
            .SetRefreshTokenLifetime(Shorter(client.RefreshTokenLifetime, untilEnd))
            .SetDestinations(DestinationsOf);
    }

    /// <summary>For tokens of a machine (RFC 6749 section 4.4): no refresh token, since the app password is at hand; they end no later than it does.</summary>
    public static ClaimsPrincipal ForCredential(StandingCredential credential, OpenIdClient client, IEnumerable<string> scopes, JsonObject userClaims, DateTimeOffset now)
    {
        var (token, user) = credential;
        var identity = new ClaimsIdentity(nameof(SignInPrincipal), Claims.Name, Claims.Role);
        identity
            .SetClaim(Claims.Subject, user.Uid)
            .SetClaim(CredentialId, TokenCredential.IdOf(token).ToString("D"))
            .SetClaim(Claims.AuthenticationTime, now.ToUnixTimeSeconds())
            .SetClaim(Claims.AuthenticationContextReference, DefaultContext);
        var principal = new ClaimsPrincipal(identity).SetScopes(scopes);
        SetUserClaims(principal, userClaims);
        var untilEnd = token is { Expiring: true, ExpiresAt: { } end } ? end - now : TimeSpan.MaxValue;
        return principal
            .SetAuthorizationId(Guid.NewGuid().ToString("D"))
            .SetAccessTokenLifetime(Shorter(client.AccessTokenLifetime, untilEnd))
            .SetDestinations(DestinationsOf);
    }

    private static void SetUserClaims(ClaimsPrincipal principal, JsonObject userClaims)
    {
        foreach (var (name, value) in userClaims)
        {
            SetUserClaim((ClaimsIdentity)principal.Identity!, name, value);
        }
    }

    // A list of one must stay a list: several claims of one type would turn it into a text as soon as there is only one.
    private static void SetUserClaim(ClaimsIdentity identity, string name, JsonNode? value)
    {
        if (value is JsonArray list)
        {
            identity.RemoveClaims(name);
            identity.AddClaim(new Claim(name, list.ToJsonString(), JsonClaimValueTypes.JsonArray));
            return;
        }

        identity.SetClaim(name, JsonSerializer.SerializeToElement(value));
    }

    private static ClaimsPrincipal Of(StandingSignIn signIn, IEnumerable<string> scopes)
    {
        var (session, user) = signIn;
        var identity = new ClaimsIdentity(nameof(SignInPrincipal), Claims.Name, Claims.Role);
        identity
            .SetClaim(Claims.Subject, user.Uid)
            .SetClaim(SessionId, session.Id.ToString("D"))
            .SetClaim(Claims.AuthenticationTime, session.AuthenticatedAt.ToUnixTimeSeconds())
            .SetClaim(Claims.AuthenticationContextReference, session.Context is "" ? DefaultContext : session.Context)
            .SetClaims(Claims.AuthenticationMethodReference, [.. session.Methods.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        return new ClaimsPrincipal(identity).SetScopes(scopes.Intersect(OpenIdScopes.All, StringComparer.Ordinal));
    }

    // The access token opens userinfo and nothing else: what it says of the user is asked for there.
    private static IEnumerable<string> DestinationsOf(Claim claim) =>
        InAccessToken.Contains(claim.Type) ? [Destinations.AccessToken, Destinations.IdentityToken] : [Destinations.IdentityToken];

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
