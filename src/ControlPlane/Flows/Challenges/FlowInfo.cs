using System.Text.Json;

namespace Sidecar.ControlPlane.Flows.Challenges;

/// <summary>What every challenge says about its flow.</summary>
public sealed record FlowInfo
{
    public required string Title { get; init; }

    public string Background { get; init; } = "";

    public JsonElement? BackgroundThemedUrls { get; init; }

    public required string CancelUrl { get; init; }

    public required string Layout { get; init; }
}
