using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows;

/// <summary>Events for those who can mend a flow. One that is broken is asked for again and again, by anybody: one a minute says it all.</summary>
internal sealed class FlowFaults(ControlPlaneContext database, TimeProvider time)
{
    public const string Broken = "system_exception";
    public const string Misconfigured = "configuration_error";

    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    /// <summary>To be saved by the caller.</summary>
    /// <param name="http">The request.</param>
    /// <param name="action">One of the names above.</param>
    /// <param name="flow">Which.</param>
    /// <param name="stage">The stage's name.</param>
    /// <param name="problem">For an administrator; nothing secret.</param>
    public async Task AddAsync(HttpContext http, string action, Flow flow, string stage, string problem)
    {
        var (now, pk) = (time.GetUtcNow(), $"{flow.Id:D}");
        var since = now - Apart;
        if (await database.AuditEvents.AnyAsync(audit => audit.ModelPk == pk && audit.At > since && audit.Action == action, http.RequestAborted))
        {
            return;
        }

        database.AuditEvents.Add(new AuditEvent
        {
            At = now,
            Action = action,
            App = "sidecar.flows",
            ClientIp = $"{http.Connection.RemoteIpAddress}",
            ModelApp = "authentik_flows",
            ModelName = "flow",
            ModelPk = pk,
            Subject = flow.Slug,
            Context = JsonObjects.From(new JsonObject { ["stage"] = stage, ["message"] = problem, ["request_id"] = http.TraceIdentifier }),
        });
    }
}
