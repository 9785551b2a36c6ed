using System.Text.Json;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Policies;

/// <summary>A question with the answer yes or no, asked where a binding or a prompt stage names it.</summary>
internal sealed class Policy
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required string Name { get; set; }

    /// <summary>One of <see cref="PolicyKind"/>. Text, so that a kind of a later version is kept when an older one opens the database.</summary>
    public required string Kind { get; init; }

    /// <summary>What the kind asks for, under authentik's names.</summary>
    public JsonElement Settings { get; set; } = JsonObjects.Empty;

    /// <summary>Whether each answer is written to the log.</summary>
    public bool ExecutionLogging { get; set; }
}
