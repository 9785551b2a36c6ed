using Sidecar.Contracts.Snapshots;

namespace Sidecar.ControlPlane.Applications.Api;

/// <summary>
/// The schema's <c>ProxyProvider</c>. It has no member for the client secret or the sealing keys: they go to outposts over
/// their own channel and to nobody else. The schema does not have what <see cref="ProxyProviderIdentity"/> sets.
/// </summary>
internal sealed record ProxyProviderAnswer : ProviderAnswer
{
    internal sealed record RedirectUri(string MatchingMode, string Url, string RedirectUriType);

    public required string ClientId { get; init; }

    public required string InternalHost { get; init; }

    public required string ExternalHost { get; init; }

    public required bool InternalHostSslValidation { get; init; }

    public Guid? Certificate { get; init; }

    public required string SkipPathRegex { get; init; }

    public required bool BasicAuthEnabled { get; init; }

    public required string BasicAuthPasswordAttribute { get; init; }

    public required string BasicAuthUserAttribute { get; init; }

    public required ProxyMode Mode { get; init; }

    public required bool InterceptHeaderAuth { get; init; }

    public required IReadOnlyList<RedirectUri> RedirectUris { get; init; }

    public required string CookieDomain { get; init; }

    public IReadOnlyList<Guid> JwtFederationSources { get; init; } = [];

    public IReadOnlyList<int> JwtFederationProviders { get; init; } = [];

    public required string AccessTokenValidity { get; init; }

    public required string RefreshTokenValidity { get; init; }

    /// <summary>Sidecar's own; the schema does not have it.</summary>
    public required int IdentityBudgetBytes { get; init; }

    public required IReadOnlyList<string> OutpostSet { get; init; }

    public required GroupChoice GroupChoice { get; init; }

    public required string GroupPrefix { get; init; }

    public required bool HideTicket { get; init; }

    public required bool SendAssertion { get; init; }

    public required bool Strict { get; init; }

    /// <param name="provider">With its application, if it has one.</param>
    /// <param name="outposts">Names of the outposts that serve it.</param>
    public static ProxyProviderAnswer Of(ProxyProvider provider, IEnumerable<string> outposts) => new()
    {
        Pk = provider.Id,
        Name = provider.Name,
        AuthenticationFlow = provider.AuthenticationFlowId,
        AuthorizationFlow = provider.AuthorizationFlowId,
        InvalidationFlow = provider.InvalidationFlowId,
        AssignedApplicationSlug = provider.Application?.Slug,
        AssignedApplicationName = provider.Application?.Name,
        ClientId = provider.ClientId,
        InternalHost = provider.InternalHost,
        ExternalHost = provider.ExternalHost,
        InternalHostSslValidation = provider.InternalHostSslValidation,
        SkipPathRegex = provider.SkipPathRegex,
        BasicAuthEnabled = provider.BasicAuthEnabled,
        BasicAuthPasswordAttribute = provider.BasicAuthPasswordAttribute,
        BasicAuthUserAttribute = provider.BasicAuthUserAttribute,
        Mode = provider.Mode,
        InterceptHeaderAuth = provider.InterceptHeaderAuth,
        RedirectUris = [new("strict", ProxyRedirectUri.Of(provider), "authorization")],
        CookieDomain = provider.CookieDomain,
        AccessTokenValidity = provider.AccessTokenValidity,
        RefreshTokenValidity = provider.RefreshTokenValidity,
        IdentityBudgetBytes = provider.IdentityBudgetBytes,
        OutpostSet = [.. outposts.Order(StringComparer.Ordinal)],
        GroupChoice = provider.GroupChoice,
        GroupPrefix = provider.GroupPrefix,
        HideTicket = provider.HideTicket,
        SendAssertion = provider.SendAssertion,
        Strict = provider.Strict,
    };
}
