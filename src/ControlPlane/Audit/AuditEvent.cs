using System.Text.Json;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Audit;

/// <summary>What happened, who did it. Only ever added, and forgotten after a year.</summary>
internal sealed class AuditEvent
{
    public const string FailedSignIn = "login_failed";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required DateTimeOffset At { get; init; }

    /// <summary>authentik's names: <c>login</c>, <c>login_failed</c>, <c>secret_view</c>, <c>model_updated</c> and so on.</summary>
    public required string Action { get; init; }

    /// <summary>No foreign key: the record outlives the user.</summary>
    public Guid? UserId { get; init; }

    public string Username { get; init; } = "";

    /// <summary>Which part of the product tells it.</summary>
    public required string App { get; init; }

    public string ClientIp { get; init; } = "";

    public JsonElement Context { get; init; } = JsonObjects.Empty;
}
