using Sidecar.Contracts.Snapshots;

namespace Sidecar.ControlPlane.Flows;

/// <summary>Ordered stages with a purpose.</summary>
internal sealed class Flow
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Slug { get; set; }

    public required string Name { get; set; }

    public required string Title { get; set; }

    public required FlowDesignation Designation { get; set; }

    public FlowAuthentication Authentication { get; set; }

    public FlowDeniedAction DeniedAction { get; set; }

    public FlowLayout Layout { get; set; }

    public string Background { get; set; } = "";

    public bool CompatibilityMode { get; set; }

    public BindingMode PolicyEngineMode { get; set; } = BindingMode.Any;

    public List<FlowStageBinding> StageBindings { get; } = [];
}
