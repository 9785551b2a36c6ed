using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Audit;

/// <summary>What happened, who did it. Only ever added, and forgotten after <see cref="Kept"/>.</summary>
internal sealed class AuditEvent
{
    /// <summary>authentik's default <c>event_retention</c>.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public const string FailedSignIn = "login_failed";

    public const string Authorization = "authorize_application";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required DateTimeOffset At { get; init; }

    /// <summary>authentik's names: <c>login</c>, <c>login_failed</c>, <c>secret_view</c>, <c>model_updated</c> and so on.</summary>
    public required string Action { get; init; }

    /// <summary>No foreign key: the record outlives the user.</summary>
    public Guid? UserId { get; init; }

    public string Username { get; init; } = "";

    /// <summary>As whom: set when an administrator acted as somebody else. No foreign key either.</summary>
    public Guid? OnBehalfOfId { get; init; }

    public string OnBehalfOf { get; init; } = "";

    /// <summary>Which part of the product tells it.</summary>
    public required string App { get; init; }

    public string ClientIp { get; init; } = "";

    /// <summary>What it is about, where it is about an object: as in <see cref="AuditedModel"/>. Columns, because one looks for them; <see cref="Context"/> holds them too.</summary>
    public string ModelApp { get; init; } = "";

    public string ModelName { get; init; } = "";

    public string ModelPk { get; init; } = "";

    /// <summary>The object's name then.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The notification rules were asked about it.</summary>
    public bool Judged { get; set; }

    public JsonElement Context { get; init; } = JsonObjects.Empty;

    /// <summary>Somebody was let into an application for the first time in their session.</summary>
    public static AuditEvent Authorized(DateTimeOffset at, User? user, string address, Application? application, User? onBehalfOf = null) => new()
    {
        At = at,
        Action = Authorization,
        App = "sidecar.tickets",
        UserId = user?.Id,
        Username = user?.Username ?? "",
        OnBehalfOfId = onBehalfOf?.Id,
        OnBehalfOf = onBehalfOf?.Username ?? "",
        ClientIp = address,
        ModelApp = application is null ? "" : "authentik_core",
        ModelName = application is null ? "" : "application",
        ModelPk = application is null ? "" : $"{application.Id:D}",
        Subject = application?.Name ?? "",
        Context = JsonObjects.From(new JsonObject
        {
            ["authorized_application"] = application is null ? null : new JsonObject
            {
                ["app"] = "authentik_core",
                ["model_name"] = "application",
                ["pk"] = $"{application.Id:D}",
                ["name"] = application.Name,
            },
        }),
    };
}
