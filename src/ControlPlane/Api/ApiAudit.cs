using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Api;

/// <summary>Writes down what was done through the API that leaves no other trace. Saved with the change that it tells of.</summary>
internal sealed class ApiAudit(ControlPlaneContext context, TimeProvider time)
{
    public void Add(HttpContext http, ApiCaller caller, string action, params ReadOnlySpan<(string Name, string Value)> details)
    {
        var json = new JsonObject();
        foreach (var (name, value) in details)
        {
            json[name] = value;
        }

        context.AuditEvents.Add(new AuditEvent
        {
            At = time.GetUtcNow(),
            Action = action,
            UserId = caller.User.Id,
            Username = caller.User.Username,
            App = "api",
            ClientIp = http.Connection.RemoteIpAddress?.ToString() ?? "",
            Context = JsonObjects.From(json),
        });
    }
}
