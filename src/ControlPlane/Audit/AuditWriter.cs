using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Impersonations;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Audit;

/// <summary>Writes down what happened. Saved with what it tells of. Here alone it is known who acts as whom: no event may name only the one in whose name it was done.</summary>
internal sealed class AuditWriter(ControlPlaneContext context, AuditedModels models, TimeProvider time)
{
    /// <param name="http">Null: no request, but the command line.</param>
    /// <param name="by">Who did it.</param>
    /// <param name="action">See <see cref="AuditEvent.Action"/>.</param>
    /// <param name="app">See <see cref="AuditEvent.App"/>.</param>
    /// <param name="about">What it was done to, an object of <see cref="AuditedModels"/>; null: none.</param>
    /// <param name="told">What else is to be known. Nothing secret.</param>
    public void Add(HttpContext? http, User? by, string action, string app, object? about = null, JsonObject? told = null)
    {
        var model = about is null ? null : models.Of(about);
        var acting = http?.Features.Get<ActingAs>() is { } found && found.User.Id == by?.Id ? found : null;
        var doer = acting?.Administrator ?? by;
        told ??= [];
        if (model is { } its)
        {
            told["model"] = its.ToJson();
        }

        context.AuditEvents.Add(new AuditEvent
        {
            At = time.GetUtcNow(),
            Action = action,
            App = app,
            UserId = doer?.Id,
            Username = doer?.Username ?? "",
            OnBehalfOfId = acting?.User.Id,
            OnBehalfOf = acting?.User.Username ?? "",
            ClientIp = http?.Connection.RemoteIpAddress?.ToString() ?? "",
            ModelApp = model?.App ?? "",
            ModelName = model?.Name ?? "",
            ModelPk = model?.Pk ?? "",
            Subject = model?.Shown ?? "",
            Context = JsonObjects.From(told),
        });
    }
}
