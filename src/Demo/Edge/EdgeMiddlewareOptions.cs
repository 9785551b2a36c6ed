namespace Sidecar.Demo.Edge;

/// <summary>A named middleware of the dynamic configuration.</summary>
public abstract record EdgeMiddlewareOptions(string Name);
