using System.Text.Json;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows;

/// <summary>One step of a flow.</summary>
internal sealed class Stage
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    /// <summary>One of <see cref="StageKind"/>. Text, so that a kind of a later version is kept when an older one opens the database.</summary>
    public required string Kind { get; init; }

    /// <summary>What the kind asks for, under authentik's names.</summary>
    public JsonElement Settings { get; set; } = JsonObjects.Empty;
}
