namespace Sidecar.ControlPlane.Applications.Api;

/// <summary>The schema's <c>Provider</c>: what providers of all kinds have in common.</summary>
internal record ProviderAnswer
{
    public required int Pk { get; init; }

    public required string Name { get; init; }

    public required Guid? AuthenticationFlow { get; init; }

    public required Guid? AuthorizationFlow { get; init; }

    public required Guid? InvalidationFlow { get; init; }

    public IReadOnlyList<Guid> PropertyMappings { get; init; } = [];

    public string Component { get; init; } = "ak-provider-proxy-form";

    public required string? AssignedApplicationSlug { get; init; }

    public required string? AssignedApplicationName { get; init; }

    public string? AssignedBackchannelApplicationSlug { get; init; }

    public string? AssignedBackchannelApplicationName { get; init; }

    public string VerboseName { get; init; } = "Proxy Provider";

    public string VerboseNamePlural { get; init; } = "Proxy Providers";

    public string MetaModelName { get; init; } = "authentik_providers_proxy.proxyprovider";

    /// <param name="provider">With its application, if it has one.</param>
    public static ProviderAnswer Of(Provider provider) => new()
    {
        Pk = provider.Id,
        Name = provider.Name,
        AuthenticationFlow = provider.AuthenticationFlowId,
        AuthorizationFlow = provider.AuthorizationFlowId,
        InvalidationFlow = provider.InvalidationFlowId,
        AssignedApplicationSlug = provider.Application?.Slug,
        AssignedApplicationName = provider.Application?.Name,
    };
}
