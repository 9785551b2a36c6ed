using Sidecar.Contracts.Snapshots;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>The schema's <c>FlowSet</c>: a flow that a stage is in.</summary>
internal sealed record FlowSetAnswer
{
    public required Guid Pk { get; init; }

    public required Guid PolicybindingmodelPtrId { get; init; }

    public required string Name { get; init; }

    public required string Slug { get; init; }

    public required string Title { get; init; }

    public required FlowDesignation Designation { get; init; }

    public required string BackgroundUrl { get; init; }

    public required BindingMode PolicyEngineMode { get; init; }

    public required bool CompatibilityMode { get; init; }

    public required string ExportUrl { get; init; }

    public required FlowLayout Layout { get; init; }

    public required FlowDeniedAction DeniedAction { get; init; }

    public static FlowSetAnswer Of(Flow flow) => new()
    {
        Pk = flow.Id,
        PolicybindingmodelPtrId = flow.Id,
        Name = flow.Name,
        Slug = flow.Slug,
        Title = flow.Title,
        Designation = flow.Designation,
        BackgroundUrl = flow.Background,
        PolicyEngineMode = flow.PolicyEngineMode,
        CompatibilityMode = flow.CompatibilityMode,
        ExportUrl = FlowToolsApi.ExportAddressOf(flow.Slug),
        Layout = flow.Layout,
        DeniedAction = flow.DeniedAction,
    };
}
