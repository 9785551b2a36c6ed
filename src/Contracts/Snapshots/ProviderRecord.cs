using System.Text.Json.Serialization;

namespace Sidecar.Contracts.Snapshots;

/// <summary>The proxy provider of an application, as an outpost needs it.</summary>
public sealed record ProviderRecord
{
    private const string DefaultScopes = "openid profile email ak_proxy";
    private const int DefaultBudget = 16 * 1024;

    /// <summary>Members that a document may leave out and whose default is not zero: only a constructor's defaults are seen by the JSON reader.</summary>
    [JsonConstructor]
    public ProviderRecord(bool interceptHeaderAuth = true, int identityBudgetBytes = DefaultBudget, bool sendAssertion = true)
    {
        InterceptHeaderAuth = interceptHeaderAuth;
        IdentityBudgetBytes = identityBudgetBytes;
        SendAssertion = sendAssertion;
    }

    public required int Id { get; init; }

    /// <summary>Sent as <c>X-authentik-meta-provider</c>.</summary>
    public required string Name { get; init; }

    /// <summary>OAuth client id: <c>aud</c> of tickets, and the source of the cookie's name.</summary>
    public required string ClientId { get; init; }

    public required ProviderMode Mode { get; init; }

    /// <summary>
    /// <c>scheme://host[:port]</c>, no path. In single mode the protected host; in domain mode the host that the start and callback addresses are at.
    /// </summary>
    public required string ExternalHost { get; init; }

    /// <summary>Domain mode only: the domain, without a leading dot, that cookie and redirects are bound to.</summary>
    public string CookieDomain { get; init => field = value ?? ""; } = "";

    /// <summary>Paths open to everybody, in RE2 syntax, one expression an element, no blank ones (authentik: <c>skip_path_regex</c>).</summary>
    public IReadOnlyList<string> UnauthenticatedPaths { get; init => field = value ?? []; } = [];

    /// <summary>Whether an <c>Authorization</c> header may sign a request in.</summary>
    public bool InterceptHeaderAuth { get; init; }

    /// <summary>Bytes that all identity headers together may take. Above it the request is refused, never cut short.</summary>
    public int IdentityBudgetBytes { get; init; }

    public GroupChoice GroupChoice { get; init; }

    /// <summary>With <see cref="GroupChoice.Prefix"/>: only groups whose name starts with it.</summary>
    public string GroupPrefix { get; init => field = value ?? ""; } = "";

    /// <summary>Send the application a <c>Cookie</c> header without the ticket (for proxies that copy it).</summary>
    public bool HideTicket { get; init; }

    /// <summary>Whether <c>X-authentik-jwt</c> carries a signed assertion; otherwise it is sent empty.</summary>
    public bool SendAssertion { get; init; }

    /// <summary>Absolute, for browsers: the OAuth authorization endpoint (RFC 6749 section 3.1).</summary>
    public required string AuthorizationUrl { get; init; }

    /// <summary>Absolute, for browsers: where a browser goes after sign-out (the invalidation flow).</summary>
    public required string EndSessionUrl { get; init; }

    /// <summary>OpenID issuer identifier; the ID token's <c>iss</c> must equal it (OpenID Connect Core 3.1.3.7).</summary>
    public required string Issuer { get; init; }

    /// <summary>Absolute: sent as <c>X-authentik-meta-jwks</c>; holds the keys that verify the assertion.</summary>
    public required string JwksUrl { get; init; }

    /// <summary>Space separated scopes that a sign-in asks for.</summary>
    public string Scopes { get; init => field = value ?? DefaultScopes; } = DefaultScopes;

    /// <summary>Send <c>Authorization: Basic</c> made from two attributes of the user to the application.</summary>
    public bool BasicAuthEnabled { get; init; }

    public string BasicAuthUserAttribute { get; init => field = value ?? ""; } = "";

    public string BasicAuthPasswordAttribute { get; init => field = value ?? ""; } = "";
}
