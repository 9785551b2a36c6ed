using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Applications.Api;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Brands.Api;
using Sidecar.ControlPlane.Directory.Api;
using Sidecar.ControlPlane.Directory.Import;
using Sidecar.ControlPlane.Flows.Api;
using Sidecar.ControlPlane.Flows.Blueprints;
using Sidecar.ControlPlane.Impersonations;
using Sidecar.ControlPlane.Outposts.Api;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Policies.Api;
using Sidecar.ControlPlane.Tokens.Api;

namespace Sidecar.ControlPlane.Api;

internal static class ApiServices
{
    public static IServiceCollection AddApi(this IServiceCollection services) => services
        .AddScoped<ApiCallers>()
        .AddScoped<ApiSave>()
        .AddScoped<AuditWriter>()
        .AddScoped<ChangeTrail>()
        .AddScoped<Impersonation>()
        .AddSingleton<AuditedModels>()
        .AddScoped<Memberships>()
        .AddScoped<Parents>()
        .AddScoped<UserFields>()
        .AddScoped<UserRemoval>()
        .AddScoped<UserImport>()
        .AddScoped<GroupFields>()
        .AddScoped<ApplicationFields>()
        .AddScoped<ApplicationAccess>()
        .AddScoped<ProxyProviderFields>()
        .AddScoped<HostClaims>()
        .AddScoped<BindingFields>()
        .AddScoped<PolicyFields>()
        .AddScoped<PolicyAnswers>()
        .AddScoped<PolicyTest>()
        .AddScoped<OutpostFields>()
        .AddScoped<TokenFields>()
        .AddScoped<BrandFields>()
        .AddScoped<FlowChoice>()
        .AddScoped<SignInWay>()
        .AddScoped<FlowDiagram>()
        .AddScoped<FlowExport>()
        .AddScoped<FlowImport>()
        .AddScoped<BlueprintKeys>()
        .AddScoped<FlowInspector>()
        .AddScoped<FlowBindingFields>()
        .AddScoped<StageFields>()
        .AddScoped<StageAnswers>()
        .AddScoped<StageRemoval>()
        .AddScoped<InvitationFields>()
        .AddScoped<PromptFields>()
        .AddScoped<PromptAnswers>();
}
