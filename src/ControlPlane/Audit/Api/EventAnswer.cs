using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.Audit.Api;

/// <summary>The schema's <c>Event</c>.</summary>
internal sealed record EventAnswer
{
    public required Guid Pk { get; init; }

    public required JsonObject User { get; init; }

    public required string Action { get; init; }

    public required string App { get; init; }

    public required JsonElement Context { get; init; }

    public required string? ClientIp { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Expires { get; init; }

    /// <summary>Not written down.</summary>
    public JsonObject Brand { get; } = [];

    /// <param name="audit">The event.</param>
    /// <param name="user">Who did it, where they still exist.</param>
    public static EventAnswer Of(AuditEvent audit, User? user) => new()
    {
        Pk = audit.Id,
        User = user is not null ? new JsonObject { ["pk"] = user.Pk, ["username"] = audit.Username.Length > 0 ? audit.Username : user.Username, ["email"] = user.Email }
            : audit.Username.Length > 0 ? new JsonObject { ["username"] = audit.Username }
            : [],
        Action = audit.Action,
        App = audit.App,
        Context = audit.Context,
        ClientIp = audit.ClientIp.Length > 0 ? audit.ClientIp : null,
        Created = audit.At,
        Expires = audit.At + AuditEvent.Kept,
    };
}
