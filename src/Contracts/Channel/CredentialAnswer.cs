using Sidecar.Contracts.Principals;

namespace Sidecar.Contracts.Channel;

/// <summary>200: the credential stands. A refusal is 404 without detail: a stranger learns nothing from it.</summary>
public sealed record CredentialAnswer
{
    public required Principal Principal { get; init; }

    /// <summary>Must be among the principal's live credentials (or, for an access token that belongs to a session, its live sessions) on every later request.</summary>
    public required Guid CredentialId { get; init; }

    /// <summary>Unix seconds on the control plane's clock; null: no expiry of its own.</summary>
    public long? ExpiresAt { get; init; }
}
