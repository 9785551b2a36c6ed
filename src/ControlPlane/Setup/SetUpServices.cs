using Sidecar.ControlPlane.Browsers;

namespace Sidecar.ControlPlane.Setup;

internal static class SetUpServices
{
    public static IServiceCollection AddSetUp(this IServiceCollection services) => services
        .AddScoped<SetUpGate>().AddScoped<SetUpFields>().AddScoped<SetUpFinisher>().AddSingleton<ObservedAddress>().AddHostedService<SetUpAnnouncement>();

    /// <summary>authentik's newer entry; anybody may ask, the flow itself decides.</summary>
    public static void MapSetUp(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/setup", () => Results.Redirect(Addresses.OfFlow(SetUpGate.FlowSlug))).AllowAnonymous();
}
