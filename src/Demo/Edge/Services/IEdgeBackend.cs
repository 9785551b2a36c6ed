namespace Sidecar.Demo.Edge.Services;

/// <summary>The end of a chain.</summary>
internal interface IEdgeBackend
{
    Task SendAsync(EdgeExchange exchange);
}
