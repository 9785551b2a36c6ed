using Sidecar.ControlPlane.Audit;

namespace Sidecar.ControlPlane.Notifications;

/// <summary>An event in one line: what, about what, by whom. Nothing of its details, which stay in the log.</summary>
internal static class EventText
{
    private const int MaxLength = 500;

    public static string Of(AuditEvent audit)
    {
        var action = audit.Action.Replace('_', ' ');
        var what = $"{char.ToUpperInvariant(action[0])}{action[1..]}";
        var about = audit.Subject.Length > 0 ? $" {Kind(audit)}\"{audit.Subject}\"" : "";
        var by = audit.Username.Length > 0 ? $", by {audit.Username}" : "";
        var text = $"{what}{about}{by}";
        return text.Length <= MaxLength ? text : text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
    }

    private static string Kind(AuditEvent audit) => audit.ModelName.Length > 0 ? $"of {audit.ModelName} " : "";
}
