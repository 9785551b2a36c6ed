using System.Net;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Audit.Api;
using Sidecar.ControlPlane.Policies.Descriptions;
using Sidecar.ControlPlane.Policies.Evaluation;

namespace Sidecar.ControlPlane.Policies.Kinds;

/// <summary>Passes events that have all of what is asked for; bound to a notification rule.</summary>
internal sealed class EventMatcherPolicy : IPolicyHandler
{
    private const string Action = "action";
    private const string ClientIp = "client_ip";
    private const string App = "app";
    private const string Model = "model";

    public static PolicyDescription Description { get; } = new()
    {
        Kind = PolicyKind.EventMatcher,
        Name = "Event Matcher Policy",
        Plural = "Event Matcher Policies",
        Summary = "Passes events by their action, address, app or model.",
        Settings =
        [
            new PolicyWord(Action, text => EventActions.IsKnown(text) ? null : $"\"{text}\" is no action; events/events/actions lists them."),
            new PolicyWord(ClientIp, text => IPAddress.TryParse(text, out _) ? null : "Give one address, not a network."),
            new PolicyWord(App, text => IsName(text, "authentik.") ? null : "Give an app as authentik.core."),
            new PolicyWord(Model, text => IsName(text, "authentik_") && text.Count(c => c == '.') == 1 ? null : "Give a model as authentik_core.user."),
            new PolicyWord("query", _ => "Queries are not evaluated: they have no bound. Ask by action, address, app and model."),
        ],
        NotAtPrompts = "it looks at events.",
        LooksAtEvents = true,
    };

    public string Kind => PolicyKind.EventMatcher;

    public Task<PolicyResult> EvaluateAsync(Policy policy, PolicyRequest request, CancellationToken cancel) =>
        Task.FromResult(request.Event is { } audit && Matches(policy, audit) ? PolicyResult.Pass : PolicyResult.Fail("The event does not match."));

    private static bool Matches(Policy policy, AuditEvent audit) =>
        Is(policy, Action, audit.Action)
        && Is(policy, Model, $"{audit.ModelApp}.{audit.ModelName}")
        && (Asked(policy, ClientIp) is not { } address || (IPAddress.TryParse(audit.ClientIp, out var from) && from.Equals(IPAddress.Parse(address))))
        && (Asked(policy, App) is not { } app || AppOf(audit) == app.Replace('.', '_'));

    private static bool Is(Policy policy, string setting, string value) => Asked(policy, setting) is not { } asked || asked == value;

    private static string? Asked(Policy policy, string setting) => policy.Settings.TryGetProperty(setting, out var value) ? value.GetString() : null;

    // authentik's app of an event about an object is the object's; ours of the others are called sidecar.flows and so on.
    private static string AppOf(AuditEvent audit) => audit.ModelApp.Length > 0 ? audit.ModelApp : audit.App.Replace("sidecar.", "authentik_", StringComparison.Ordinal).Replace('.', '_');

    private static bool IsName(string text, string start) =>
        text.StartsWith(start, StringComparison.Ordinal) && text.Length > start.Length && text.All(c => char.IsAsciiLetterLower(c) || c is '.' or '_');
}
