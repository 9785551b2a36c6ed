using System.Text.Json;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows;

/// <summary>How far one browser has come in a flow. It lies here and not in the browser, so that nobody can write a step into it.</summary>
internal sealed class FlowRun
{
    public Guid Id { get; init; } = Guid.NewGuid();

    public required Guid FlowId { get; init; }

    public Flow? Flow { get; init; }

    /// <summary>SHA-256 of the random value in the browser's cookie: another browser cannot go on with this run.</summary>
    public required byte[] BrowserHash { get; set; }

    /// <summary>Where it was begun, as <see cref="Attempts.AttemptKey"/> writes it: one address can take up only so much room.</summary>
    public required string Address { get; init; }

    /// <summary>The stages still to come and the proofs of those that are done.</summary>
    public JsonElement Plan { get; set; } = JsonObjects.Empty;

    public JsonElement Context { get; set; } = JsonObjects.Empty;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Raised by each step: of two equal POSTs one finds the run changed and does not advance.</summary>
    public int Step { get; set; }
}
