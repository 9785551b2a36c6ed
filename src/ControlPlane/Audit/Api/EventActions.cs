namespace Sidecar.ControlPlane.Audit.Api;

/// <summary>The schema's <c>EventActions</c>, as a person reads them. Those that this version never tells are in it too: clients fill their filters from here.</summary>
internal static class EventActions
{
    private static readonly string[] Names =
    [
        "login", "login_failed", "logout", "user_write", "suspicious_request", "password_set", "secret_view", "secret_rotate", "invitation_used", "authorize_application",
        "source_linked", "impersonation_started", "impersonation_ended", "flow_execution", "policy_execution", "policy_exception", "property_mapping_exception",
        "system_task_execution", "system_task_exception", "system_exception", "configuration_error", "configuration_warning", "model_created", "model_updated", "model_deleted",
        "email_sent", "update_available", "export_ready",
    ];

    public static IReadOnlyList<EventActionAnswer> All { get; } = [.. Names.Select(name => new EventActionAnswer(LabelOf(name), "", name, ""))];

    public static bool IsKnown(string name) => Names.Contains(name);

    private static string LabelOf(string name) => string.Join(' ', name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
