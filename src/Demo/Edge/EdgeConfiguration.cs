namespace Sidecar.Demo.Edge;

/// <summary>What Traefik calls the dynamic configuration.</summary>
public sealed record EdgeConfiguration
{
    public IReadOnlyList<EdgeRouter> Routers { get; init; } = [];

    public IReadOnlyList<EdgeService> Services { get; init; } = [];

    public IReadOnlyList<EdgeMiddlewareOptions> Middlewares { get; init; } = [];
}
