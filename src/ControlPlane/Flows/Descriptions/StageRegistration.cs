namespace Sidecar.ControlPlane.Flows.Descriptions;

internal static class StageRegistration
{
    /// <summary>A kind of stage: its handler, and the description that its API comes from.</summary>
    public static IServiceCollection AddStage<THandler>(this IServiceCollection services, StageDescription description)
        where THandler : class, IStageHandler =>
        services.AddScoped<IStageHandler, THandler>().AddSingleton(description);
}
