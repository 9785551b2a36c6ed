using Sidecar.Demo.Edge.Rules;

namespace Sidecar.Demo.Edge.Routing;

/// <summary>Routers by priority; the first that matches takes the request, and nobody's request is 404.</summary>
internal sealed class RouteTable(IEnumerable<Route> routes)
{
    private readonly IReadOnlyList<Route> _routes = [.. routes.OrderByDescending(route => route.Priority)];

    public async Task RunAsync(EdgeExchange exchange)
    {
        var subject = RuleSubject.Of(exchange);
        var entryPoint = exchange.IsTls ? "websecure" : "web";
        if (_routes.FirstOrDefault(route => route.Matches(subject, entryPoint)) is { } route)
        {
            await route.RunAsync(exchange);
            return;
        }

        exchange.Http.Response.StatusCode = StatusCodes.Status404NotFound;
        exchange.Http.Response.ContentType = "text/plain; charset=utf-8";
        await exchange.Http.Response.WriteAsync("404 page not found\n");
    }
}
