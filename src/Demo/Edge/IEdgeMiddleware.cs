namespace Sidecar.Demo.Edge;

/// <summary>One step between router and service.</summary>
internal interface IEdgeMiddleware
{
    Task InvokeAsync(EdgeExchange exchange, Func<Task> next);
}
