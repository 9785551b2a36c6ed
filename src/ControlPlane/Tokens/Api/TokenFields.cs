using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Credentials;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.Validation;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Tokens.Api;

/// <summary>What a request may set on a token.</summary>
internal sealed class TokenFields(ControlPlaneContext context, KeyWrap wrap, TimeProvider time)
{
    // As authentik's: a token that nobody gave a life lives for half an hour.
    private static readonly TimeSpan DefaultLife = TimeSpan.FromMinutes(30);

    // An administrator may take this duty from a user with the attribute set to false.
    private const string MustExpire = "goauthentik.io/user/token-expires";

    public async Task ApplyAsync(JsonBody body, Token token, User owner, ApiCaller caller, CancellationToken cancel)
    {
        body.Require("identifier");
        body.Ignore("pk", "user_obj");
        if (body.TrySlug("identifier", out var identifier, max: 255)
            && !body.Refuses(
                "identifier", await context.Tokens.AnyAsync(other => other.Identifier == identifier && other.Id != token.Id, cancel), "Another token has this identifier."))
        {
            token.Identifier = identifier;
        }

        if (body.TryNumber("user", out var user))
        {
            body.Refuses("user", user != owner.Pk, "A token cannot be given to another user; make a new one.");
        }

        if (body.Find("managed") is { } managed)
        {
            body.Refuses("managed", managed.ToString() != (token.Managed ?? ""), "Set by the product alone; leave it as it is.");
        }

        if (body.TryText("description", out var description, max: 1024, blank: true))
        {
            token.Description = description;
        }

        ApplyIntent(body, token, caller);
        ApplyLife(body, token, owner, caller);
    }

    // The others are links in mails: whoever could make one could take over the account.
    private static void ApplyIntent(JsonBody body, Token token, ApiCaller caller)
    {
        if (body.TryChoice<TokenIntent>("intent", out var intent)
            && intent != token.Intent
            && !body.Refuses("intent", intent is not (TokenIntent.Api or TokenIntent.AppPassword), "Use api or app_password; the others are made by flows alone.")
            && !body.Refuses("intent", token.Managed is not null && !caller.IsSuperuser, "Set by the product alone; leave it as it is."))
        {
            token.Intent = intent;
        }
    }

    private void ApplyLife(JsonBody body, Token token, User owner, ApiCaller caller)
    {
        if (body.TryFlag("expiring", out var expiring))
        {
            token.Expiring = expiring;
        }

        var now = time.GetUtcNow();
        var hadExpired = token is { Expiring: true, ExpiresAt: { } end } && end <= now;
        if (body.TryNullableTime("expires", out var expires)
            && !body.Refuses("expires", expires <= now && expires != token.ExpiresAt, "Lies in the past; the token would never be accepted."))
        {
            token.ExpiresAt = expires;
        }

        if (token.Expiring)
        {
            token.ExpiresAt ??= now + DefaultLife;
        }

        if (hadExpired && token.IsLive(now) && !body.Errors.Any)
        {
            // What expired may have been copied by then: it never opens anything again.
            TokenSecret.Replace(token, wrap, CredentialFormat.Create());
        }

        body.Refuses(
            "expiring", !token.Expiring && !caller.IsSuperuser && !MayLiveForever(owner), "Your tokens must expire; an administrator can make one that does not.");
    }

    private static bool MayLiveForever(User owner) =>
        owner.Attributes.ValueKind == JsonValueKind.Object && owner.Attributes.TryGetProperty(MustExpire, out var value) && value.ValueKind == JsonValueKind.False;
}
