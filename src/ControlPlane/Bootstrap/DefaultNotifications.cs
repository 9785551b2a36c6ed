using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Notifications;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Bootstrap;

/// <summary>What administrators are told without having asked for it, under authentik's names.</summary>
internal static class DefaultNotifications
{
    public static void Add(ControlPlaneContext context, Group administrators)
    {
        var local = context.NotificationTransports.Add(new NotificationTransport { Name = "default-local-transport", Mode = TransportMode.Local }).Entity;
        var mail = context.NotificationTransports.Add(new NotificationTransport { Name = "default-email-transport", Mode = TransportMode.Email }).Entity;
        Rule("default-notify-configuration-error", ("default-match-configuration-error", "configuration_error"));
        Rule("default-notify-exception", ("default-match-system-exception", "system_exception"), ("default-match-policy-exception", "policy_exception"));

        void Rule(string name, params ReadOnlySpan<(string Name, string Action)> matchers)
        {
            var rule = context.NotificationRules.Add(new NotificationRule { Name = name, Severity = NotificationSeverity.Alert, DestinationGroupId = administrators.Id }).Entity;
            rule.Transports.AddRange([mail, local]);
            foreach (var (matcher, action) in matchers)
            {
                var policy = new Policy { Name = matcher, Kind = PolicyKind.EventMatcher, Settings = JsonObjects.Parse($$"""{"action": "{{action}}"}""") };
                context.Bindings.Add(new Binding { RuleId = rule.Id, Policy = policy, Order = 0 });
            }
        }
    }
}
