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
    /// <param name="find">The user of an id, where they still exist.</param>
    public static EventAnswer Of(AuditEvent audit, Func<Guid?, User?> find) => new()
    {
        Pk = audit.Id,
        User = UserOf(audit, find),
        Action = audit.Action,
        App = audit.App,
        Context = audit.Context,
        ClientIp = audit.ClientIp.Length > 0 ? audit.ClientIp : null,
        Created = audit.At,
        Expires = audit.At + AuditEvent.Kept,
    };

    private static JsonObject UserOf(AuditEvent audit, Func<Guid?, User?> find)
    {
        var told = Named(find(audit.UserId), audit.Username);
        if (audit.OnBehalfOf.Length > 0)
        {
            told["on_behalf_of"] = Named(find(audit.OnBehalfOfId), audit.OnBehalfOf);
        }

        return told;
    }

    // The name is the one of then.
    private static JsonObject Named(User? user, string name) => user is not null ? new JsonObject { ["pk"] = user.Pk, ["username"] = name.Length > 0 ? name : user.Username, ["email"] = user.Email }
        : name.Length > 0 ? new JsonObject { ["username"] = name }
        : [];
}
