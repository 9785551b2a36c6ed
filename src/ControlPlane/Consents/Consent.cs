using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.Consents;

/// <summary>What a user allowed an application to be told.</summary>
internal sealed class Consent
{
    /// <summary>Given by the database.</summary>
    public int Id { get; init; }

    public required Guid UserId { get; init; }

    public User? User { get; init; }

    public required Guid ApplicationId { get; init; }

    public Application? Application { get; init; }

    /// <summary>Scopes in ordinal order, space separated.</summary>
    public required string Permissions { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null: it stands until it is withdrawn.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }
}
