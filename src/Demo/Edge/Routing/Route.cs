using Sidecar.Demo.Edge.Rules;
using Sidecar.Demo.Edge.Services;

namespace Sidecar.Demo.Edge.Routing;

/// <summary>A router, ready: its rule parsed, its middlewares made, the routers below it beside it.</summary>
internal sealed record Route(EdgeRouter Router, IRule Rule, IReadOnlyList<IEdgeMiddleware> Middlewares, IEdgeBackend? Backend)
{
    public RouteTable? Below { get; set; }

    /// <summary>Traefik's order: the longer rule first, unless a priority is given.</summary>
    public int Priority => Router.Priority != 0 ? Router.Priority : Router.Rule.Length;

    public bool Matches(RuleSubject subject, string entryPoint) =>
        (Router.EntryPoints.Count == 0 || Router.EntryPoints.Contains(entryPoint)) && Rule.Matches(subject);

    public Task RunAsync(EdgeExchange exchange)
    {
        exchange.Router = Router.Name;
        return StepAsync(exchange, 0);
    }

    private Task StepAsync(EdgeExchange exchange, int index)
    {
        if (index < Middlewares.Count)
        {
            return Middlewares[index].InvokeAsync(exchange, () => StepAsync(exchange, index + 1));
        }

        return Backend?.SendAsync(exchange) ?? Below!.RunAsync(exchange);
    }
}
