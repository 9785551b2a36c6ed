namespace Sidecar.ControlPlane.Notifications;

internal enum NotificationSeverity
{
    Notice,
    Warning,
    Alert,
}
