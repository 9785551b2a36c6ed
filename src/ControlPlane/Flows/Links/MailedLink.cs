using System.Text.Json;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Links;

/// <summary>A link that goes on with a flow, once, in whichever browser it is opened. It is bound to its flow and its user.</summary>
internal sealed class MailedLink
{
    public Guid Id { get; init; } = Guid.NewGuid();

    /// <summary>SHA-256 of the secret in the link: it is random, so a plain hash is enough.</summary>
    public required byte[] SecretHash { get; init; }

    public required Guid FlowId { get; init; }

    public Flow? Flow { get; init; }

    /// <summary>Null: it was made for a name that leads nowhere, so that the work tells nothing. Nobody knows its secret.</summary>
    public Guid? UserId { get; init; }

    public User? User { get; init; }

    /// <summary>The address that it was mailed to, as names are compared. Once the user has another one it is worth nothing. Empty: it was handed over, not mailed.</summary>
    public string EmailKey { get; init; } = "";

    /// <summary>See <see cref="LinkContent"/>.</summary>
    public JsonElement Content { get; init; } = JsonObjects.Empty;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
