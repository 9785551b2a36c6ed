using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.Authenticators;

/// <summary>Writes down who used which device, and that one did not fit. That one is added, named or deleted is told by <see cref="ChangeTrail"/>.</summary>
internal sealed class AuthenticatorAudit(AuditWriter audit)
{
    public const string UsedAction = "custom_authenticator_used";

    private const string App = "sidecar.authenticators";

    public void Used(HttpContext http, User owner, AuthenticatorDevice device) => audit.Add(http, owner, UsedAction, App, device, new JsonObject { ["device_class"] = device.Class });

    /// <param name="http">The request.</param>
    /// <param name="owner">Whose devices were guessed at.</param>
    /// <param name="tried">Class of the device, or what was typed: <c>code</c>.</param>
    public void Refused(HttpContext http, User owner, string tried) => audit.Add(http, owner, AuditEvent.FailedSignIn, App, told: new JsonObject { ["device_class"] = tried });
}
