using Sidecar.Demo.Edge.Headers;

namespace Sidecar.Demo.Edge.Routing;

internal sealed class StripPrefixMiddleware(StripPrefixOptions options) : IEdgeMiddleware
{
    public Task InvokeAsync(EdgeExchange exchange, Func<Task> next)
    {
        if (options.Prefixes.FirstOrDefault(Fits) is { } prefix)
        {
            var rest = exchange.Target[prefix.Length..];
            exchange.Target = rest.StartsWith('/') ? rest : "/" + rest;
            exchange.Headers.Append(ManagedHeaders.Prefix, prefix);
        }

        return next();

        bool Fits(string prefix) => exchange.EncodedPath.StartsWith(prefix, StringComparison.Ordinal);
    }
}
