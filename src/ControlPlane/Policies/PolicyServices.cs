using Sidecar.ControlPlane.Passwords;
using Sidecar.ControlPlane.Policies.Descriptions;
using Sidecar.ControlPlane.Policies.Evaluation;
using Sidecar.ControlPlane.Policies.Kinds;
using Sidecar.ControlPlane.Policies.Reputations;

namespace Sidecar.ControlPlane.Policies;

internal static class PolicyServices
{
    /// <summary>What the API of each kind comes from.</summary>
    public static IReadOnlyList<PolicyDescription> Kinds { get; } =
        [DummyPolicy.Description, EventMatcherPolicy.Description, PasswordPolicy.Description, PasswordExpiryPolicy.Description, ReputationPolicy.Description, UniquePasswordPolicy.Description];

    public static IServiceCollection AddPolicies(this IServiceCollection services) => services
        .AddHttpContextAccessor()
        .AddSingleton(new PolicyDescriptions(Kinds)).AddSingleton<KnownBreaches>().AddSingleton<ReputationBook>()
        .AddScoped<PolicyEngine>().AddScoped<PasswordSetter>()
        .AddScoped<IPolicyHandler, DummyPolicy>()
        .AddScoped<IPolicyHandler, EventMatcherPolicy>()
        .AddScoped<IPolicyHandler, PasswordPolicy>()
        .AddScoped<IPolicyHandler, PasswordExpiryPolicy>()
        .AddScoped<IPolicyHandler, ReputationPolicy>()
        .AddScoped<IPolicyHandler, UniquePasswordPolicy>();
}
