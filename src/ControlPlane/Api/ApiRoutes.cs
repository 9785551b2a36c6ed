using Sidecar.ControlPlane.Api.About;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.UsedBy;
using Sidecar.ControlPlane.Applications.Api;
using Sidecar.ControlPlane.Audit.Api;
using Sidecar.ControlPlane.Authenticators.Api;
using Sidecar.ControlPlane.Brands.Api;
using Sidecar.ControlPlane.Consents.Api;
using Sidecar.ControlPlane.Directory.Api;
using Sidecar.ControlPlane.Directory.Import;
using Sidecar.ControlPlane.Flows.Api;
using Sidecar.ControlPlane.Impersonations.Api;
using Sidecar.ControlPlane.Installations.Api;
using Sidecar.ControlPlane.Notifications.Api;
using Sidecar.ControlPlane.Outposts.Api;
using Sidecar.ControlPlane.Policies.Api;
using Sidecar.ControlPlane.Sessions.Api;
using Sidecar.ControlPlane.Tokens.Api;

namespace Sidecar.ControlPlane.Api;

/// <summary>The REST interface, in the shape of authentik's published document (npm <c>@goauthentik/api</c> 2026.8.3).</summary>
internal static class ApiRoutes
{
    public const string Prefix = "/api/v3";

    /// <summary>Puts the gate in front of everything under the prefix, also of what other features map there.</summary>
    public static void UseApi(this IApplicationBuilder app) =>
        app.UseWhen(http => http.Request.Path.StartsWithSegments(Prefix, StringComparison.Ordinal), api => api.UseMiddleware<ApiGate>());

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(Prefix);
        api.MapUsersApi();
        api.MapUserRecoveryApi();
        api.MapServiceAccountsApi();
        api.MapImportApi();
        api.MapImpersonationApi();
        api.MapSettingsApi();
        api.MapConsentsApi();
        api.MapGroupsApi();
        api.MapApplicationsApi();
        api.MapTokensApi();
        api.MapBrandsApi();
        api.MapSessionsApi();
        api.MapProxyProvidersApi();
        api.MapProvidersApi();
        api.MapBindingsApi();
        api.MapPoliciesApi();
        api.MapPolicyKindsApi();
        api.MapReputationScoresApi();
        api.MapOutpostsApi();
        api.MapEventsApi();
        api.MapRulesApi();
        api.MapTransportsApi();
        api.MapNotificationsApi();
        api.MapFlowsApi();
        api.MapFlowToolsApi();
        api.MapFlowImportApi();
        api.MapFlowBindingsApi();
        api.MapStagesApi();
        api.MapEmailTemplatesApi();
        api.MapAllStagesApi();
        api.MapPromptsApi();
        api.MapInvitationsApi();
        api.MapDevicesApi();
        api.MapUsedByApi();
        api.MapSystemApi();
    }
}
