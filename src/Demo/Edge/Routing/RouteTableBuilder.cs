using Sidecar.Demo.Edge.ForwardAuth;
using Sidecar.Demo.Edge.Rules;
using Sidecar.Demo.Edge.Services;
using Sidecar.Demo.Edge.Transport;
using Yarp.ReverseProxy.Forwarder;

namespace Sidecar.Demo.Edge.Routing;

/// <summary>Turns the dynamic configuration into routes, and names what does not fit together.</summary>
internal sealed class RouteTableBuilder(
    EdgeOptions options, TraefikFeatures features, AuthClient auth, IHttpForwarder forwarder, HttpMessageInvoker client)
{
    private readonly EdgeConfiguration _configuration = options.Configuration;

    public RouteTable Build()
    {
        var routes = _configuration.Routers.Select(Make).ToList();
        foreach (var route in routes.Where(route => route.Backend is null))
        {
            route.Below = new RouteTable(routes.Where(child => child.Router.ParentRefs.Select(Plain).Contains(route.Router.Name)));
        }

        return new RouteTable(routes.Where(route => route.Router.ParentRefs.Count == 0));
    }

    private Route Make(EdgeRouter router)
    {
        if (!features.HasParentRouters && (router.ParentRefs.Count > 0 || router.Service is null))
        {
            throw new EdgeConfigurationException($"router {router.Name}: {features.Profile} has no routers below routers");
        }

        var syntax = router.RuleSyntax ?? options.DefaultRuleSyntax ?? (features.IsV3 ? RuleSyntax.V3 : RuleSyntax.V2);
        return new Route(
            router,
            RuleParser.Parse(router.Rule, syntax),
            [.. router.Middlewares.Select(name => Middleware(router, Plain(name)))],
            router.Service is null ? null : Backend(router, Plain(router.Service)));
    }

    private IEdgeMiddleware Middleware(EdgeRouter router, string name) =>
        _configuration.Middlewares.FirstOrDefault(middleware => middleware.Name == name) switch
        {
            ForwardAuthOptions forward when features.Profile == TraefikProfile.IngressNginx => new IngressNginxAuth(forward, auth),
            ForwardAuthOptions forward => new ForwardAuthMiddleware(forward, features, auth),
            StripPrefixOptions strip => new StripPrefixMiddleware(strip),
            _ => throw new EdgeConfigurationException($"router {router.Name} names a middleware that is not there: {name}"),
        };

    private IEdgeBackend Backend(EdgeRouter router, string name) =>
        _configuration.Services.FirstOrDefault(service => service.Name == name) switch
        {
            { Handler: { } handler } => new HandlerBackend(handler),
            { Address: { } address } => new ProxiedBackend(address, forwarder, client),
            _ => throw new EdgeConfigurationException($"router {router.Name} names a service that is not there: {name}"),
        };

    // "authentik@docker": there is one provider here.
    private static string Plain(string reference) => reference.Split('@')[0].Trim();
}
