using Sidecar.Contracts.Snapshots;
using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.Applications.Api;

/// <summary>The schema's <c>Application</c>.</summary>
internal sealed record ApplicationAnswer
{
    public required Guid Pk { get; init; }

    /// <summary>What bindings name as their target: the same UUID.</summary>
    public required Guid PbmUuid { get; init; }

    public required string Name { get; init; }

    public required string Slug { get; init; }

    public required int? Provider { get; init; }

    public required ProviderAnswer? ProviderObj { get; init; }

    public IReadOnlyList<int> BackchannelProviders { get; init; } = [];

    public IReadOnlyList<ProviderAnswer> BackchannelProvidersObj { get; init; } = [];

    public required string? LaunchUrl { get; init; }

    public required bool OpenInNewTab { get; init; }

    public required string MetaLaunchUrl { get; init; }

    public required string MetaIcon { get; init; }

    public required string? MetaIconUrl { get; init; }

    public string? MetaIconThemedUrls { get; init; }

    public required string MetaDescription { get; init; }

    public required string MetaPublisher { get; init; }

    public required BindingMode PolicyEngineMode { get; init; }

    public required string Group { get; init; }

    /// <param name="application">With its provider, if it has one.</param>
    /// <param name="reader">Whose name the launch address may hold.</param>
    public static ApplicationAnswer Of(Application application, User reader) => new()
    {
        Pk = application.Id,
        PbmUuid = application.Id,
        Name = application.Name,
        Slug = application.Slug,
        Provider = application.ProviderId,
        ProviderObj = application.Provider is { } provider ? ProviderAnswer.Of(provider) : null,
        LaunchUrl = Applications.LaunchUrl.Of(application, reader),
        OpenInNewTab = application.OpenInNewTab,
        MetaLaunchUrl = application.MetaLaunchUrl,
        MetaIcon = application.MetaIcon,
        MetaIconUrl = application.MetaIcon.Length > 0 ? application.MetaIcon : null,
        MetaDescription = application.MetaDescription,
        MetaPublisher = application.MetaPublisher,
        PolicyEngineMode = application.PolicyEngineMode,
        Group = application.Group,
    };
}
