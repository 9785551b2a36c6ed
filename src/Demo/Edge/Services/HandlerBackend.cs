
namespace Sidecar.Demo.Edge.Services;

/// <summary>Code of a test in place of a server.</summary>
internal sealed class HandlerBackend(RequestDelegate handler) : IEdgeBackend
{
    public Task SendAsync(EdgeExchange exchange) => handler(exchange.Http);
}
