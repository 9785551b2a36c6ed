using Sidecar.Contracts.Snapshots;

namespace Sidecar.ControlPlane.Applications;

/// <summary>What a user sees and what access is bound to.</summary>
internal sealed class Application
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Slug { get; set; }

    public required string Name { get; set; }

    /// <summary>Section in the user's library.</summary>
    public string Group { get; set; } = "";

    public string MetaLaunchUrl { get; set; } = "";

    public string MetaIcon { get; set; } = "";

    public string MetaDescription { get; set; } = "";

    public string MetaPublisher { get; set; } = "";

    public BindingMode PolicyEngineMode { get; set; } = BindingMode.Any;

    public bool OpenInNewTab { get; set; }

    public int? ProviderId { get; set; }

    public Provider? Provider { get; set; }
}
