using System.Text.Json.Nodes;
using Sidecar.Contracts.Channel;
using Sidecar.Contracts.Principals;
using Sidecar.Outpost.Channel;
using Sidecar.TestKit.Snapshots;
using Sidecar.TestKit.Tickets;

namespace Sidecar.Outpost.Tests.Harness;

/// <summary>Plays a browser that is sent to sign in, and the control plane that lets it.</summary>
internal static class SignInDriver
{
    public const string Callback = "/outpost.goauthentik.io/callback?X-authentik-auth-callback=true";

    /// <summary>The control plane redeems each code with what the attempt of <paramref name="start"/> needs.</summary>
    public static void Accept(this OutpostUnderTest outpost, Answer start, Principal principal, string slug = "wiki", Action<JsonObject>? idToken = null, string? ticket = null)
    {
        var claims = new JsonObject
        {
            ["iss"] = SnapshotBuilder.Provider(slug).Issuer,
            ["aud"] = slug + "-client",
            ["sub"] = principal.Uid,
            ["nonce"] = start.Query("nonce"),
            ["exp"] = outpost.Now + 300,
        };
        idToken?.Invoke(claims);
        var token = Jws.Sign(new JsonObject { ["alg"] = "ES256", ["typ"] = "JWT" }, claims, outpost.Mint.Key);
        var grant = new TicketGrant { Ticket = ticket ?? outpost.TicketFor(principal, slug: slug), Principal = principal };
        outpost.ControlPlane.Redeem = _ => new RedeemOutcome.Redeemed(token, grant);
    }

    public static Question CallbackOf(Answer start, string origin = "https://wiki.example", string code = "the-code") =>
        Question.Traefik($"{origin}{Callback}&code={code}&state={start.Query("state")}").Navigating();
}
