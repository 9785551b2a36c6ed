using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Authenticators;
using Sidecar.ControlPlane.Brands;
using Sidecar.ControlPlane.Consents;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Flows.Invitations;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Notifications;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Policies.Descriptions;
using Sidecar.ControlPlane.Policies.Reputations;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.Audit;

/// <summary>Of which objects a change is told, and how events name them. A new entity is added here, or to the test's list of those that nobody changes by hand.</summary>
internal sealed class AuditedModels(StageDescriptions descriptions, PolicyDescriptions policies)
{
    private static readonly Dictionary<Type, Func<object, AuditedModel>> ByType = new()
    {
        [typeof(User)] = Named<User>("authentik_core", "user", user => $"{user.Pk}", user => user.Username),
        [typeof(Group)] = Named<Group>("authentik_core", "group", group => $"{group.Id:D}", group => group.Name),
        [typeof(Application)] = Named<Application>("authentik_core", "application", application => $"{application.Id:D}", application => application.Name),
        [typeof(Token)] = Named<Token>("authentik_core", "token", token => $"{token.Id:D}", token => token.Identifier),
        [typeof(Session)] = Named<Session>("authentik_core", "authenticatedsession", session => $"{session.Id:D}", session => $"Session from {session.Ip}"),
        [typeof(Consent)] = Named<Consent>("authentik_stages_consent", "userconsent", consent => $"{consent.Id}", consent => $"Consent to {consent.Permissions}"),
        [typeof(TotpDevice)] = Named<TotpDevice>("authentik_stages_authenticator_totp", "totpdevice", device => $"{device.Id}", device => device.Name),
        [typeof(StaticDevice)] = Named<StaticDevice>("authentik_stages_authenticator_static", "staticdevice", device => $"{device.Id}", device => device.Name),
        [typeof(WebAuthnDevice)] = Named<WebAuthnDevice>("authentik_stages_authenticator_webauthn", "webauthndevice", device => $"{device.Id}", device => device.Name),
        [typeof(Installation)] = Named<Installation>("authentik_tenants", "tenant", installation => $"{installation.Id:D}", _ => "Settings"),
        [typeof(ProxyProvider)] = Named<ProxyProvider>("authentik_providers_proxy", "proxyprovider", provider => $"{provider.Id}", provider => provider.Name),
        [typeof(Outpost)] = Named<Outpost>("authentik_outposts", "outpost", outpost => $"{outpost.Id:D}", outpost => outpost.Name),
        [typeof(Binding)] = Named<Binding>("authentik_policies", "policybinding", binding => $"{binding.Id:D}", binding => $"Binding {binding.Order}"),
        [typeof(Brand)] = Named<Brand>("authentik_brands", "brand", brand => $"{brand.Id:D}", brand => brand.Domain),
        [typeof(Flow)] = Named<Flow>("authentik_flows", "flow", flow => $"{flow.Id:D}", flow => flow.Slug),
        [typeof(FlowStageBinding)] = Named<FlowStageBinding>("authentik_flows", "flowstagebinding", binding => $"{binding.Id:D}", binding => $"Place {binding.Order}"),
        [typeof(Prompt)] = Named<Prompt>("authentik_stages_prompt", "prompt", prompt => $"{prompt.Id:D}", prompt => prompt.Name),
        [typeof(NotificationRule)] = Named<NotificationRule>("authentik_events", "notificationrule", rule => $"{rule.Id:D}", rule => rule.Name),
        [typeof(NotificationTransport)] = Named<NotificationTransport>("authentik_events", "notificationtransport", transport => $"{transport.Id:D}", transport => transport.Name),
        [typeof(Invitation)] = Named<Invitation>("authentik_stages_invitation", "invitation", invitation => $"{invitation.Id:D}", invitation => invitation.Name),
        [typeof(ReputationScore)] = Named<ReputationScore>("authentik_policies_reputation", "reputation", score => $"{score.Id:D}", score => $"{score.Identifier} {score.Ip}"),
    };

    /// <summary>Null: an object whose changes are no events.</summary>
    public AuditedModel? Of(object entity) => entity switch
    {
        Stage stage => new AuditedModel(descriptions.Of(stage.Kind).App, descriptions.Of(stage.Kind).Model, $"{stage.Id:D}", stage.Name),
        Policy policy => new AuditedModel(policies.Of(policy.Kind).App, policies.Of(policy.Kind).Model, $"{policy.Id:D}", policy.Name),
        _ => ByType.GetValueOrDefault(entity.GetType())?.Invoke(entity),
    };

    public static bool Has(Type type) => type == typeof(Stage) || type == typeof(Policy) || ByType.ContainsKey(type);

    private static Func<object, AuditedModel> Named<T>(string app, string name, Func<T, string> pk, Func<T, string> shown) =>
        entity => new AuditedModel(app, name, pk((T)entity), shown((T)entity));
}
