using Sidecar.Contracts.Snapshots;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>The schema's <c>Flow</c>.</summary>
internal sealed record FlowAnswer
{
    public required Guid Pk { get; init; }

    public required Guid PolicybindingmodelPtrId { get; init; }

    public required string Name { get; init; }

    public required string Slug { get; init; }

    public required string Title { get; init; }

    public required FlowDesignation Designation { get; init; }

    public required string Background { get; init; }

    public required string BackgroundUrl { get; init; }

    public string? BackgroundThemedUrls { get; init; }

    public required IReadOnlyList<Guid> Stages { get; init; }

    public IReadOnlyList<Guid> Policies { get; init; } = [];

    public int CacheCount { get; init; }

    public required BindingMode PolicyEngineMode { get; init; }

    public required bool CompatibilityMode { get; init; }

    public required string ExportUrl { get; init; }

    public required FlowLayout Layout { get; init; }

    public required FlowDeniedAction DeniedAction { get; init; }

    public required FlowAuthentication Authentication { get; init; }

    /// <param name="flow">With its stage bindings.</param>
    public static FlowAnswer Of(Flow flow) => new()
    {
        Pk = flow.Id,
        PolicybindingmodelPtrId = flow.Id,
        Name = flow.Name,
        Slug = flow.Slug,
        Title = flow.Title,
        Designation = flow.Designation,
        Background = flow.Background,
        BackgroundUrl = flow.Background,
        Stages = [.. flow.StageBindings.OrderBy(binding => binding.Order).Select(binding => binding.StageId)],
        PolicyEngineMode = flow.PolicyEngineMode,
        CompatibilityMode = flow.CompatibilityMode,
        ExportUrl = FlowToolsApi.ExportAddressOf(flow.Slug),
        Layout = flow.Layout,
        DeniedAction = flow.DeniedAction,
        Authentication = flow.Authentication,
    };
}
