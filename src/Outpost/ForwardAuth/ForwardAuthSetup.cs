namespace Sidecar.Outpost.ForwardAuth;

internal static class ForwardAuthSetup
{
    /// <summary>Everything on the request path.</summary>
    public static IServiceCollection AddForwardAuth(this IServiceCollection services) => services.AddSingleton<OutpostDispatcher>();
}
