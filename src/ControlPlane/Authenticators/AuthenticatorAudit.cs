using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Authenticators;

/// <summary>Writes down who added, used or lost which device. Saved with the change that it tells of.</summary>
internal sealed class AuthenticatorAudit(ControlPlaneContext context, TimeProvider time)
{
    public const string Added = "model_created";
    public const string Deleted = "model_deleted";
    public const string Used = "custom_authenticator_used";

    /// <param name="http">The request.</param>
    /// <param name="by">Who did it.</param>
    /// <param name="action">One of the names above, or <see cref="AuditEvent.FailedSignIn"/>.</param>
    /// <param name="owner">Whose device it is.</param>
    /// <param name="device">Null: none fitted.</param>
    public void Add(HttpContext http, User by, string action, Guid owner, AuthenticatorDevice? device) => context.AuditEvents.Add(new AuditEvent
    {
        At = time.GetUtcNow(),
        Action = action,
        App = "sidecar.authenticators",
        UserId = by.Id,
        Username = by.Username,
        ClientIp = $"{http.Connection.RemoteIpAddress}",
        Context = JsonObjects.From(new JsonObject { ["device"] = device?.Name, ["device_class"] = device?.Class, ["owner"] = $"{owner:D}" }),
    });
}
