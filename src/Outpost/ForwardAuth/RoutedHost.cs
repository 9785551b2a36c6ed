using Sidecar.Outpost.ForwardAuth.Dialects;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>
/// nginx as authentik documents it sends the name that it routed by in <c>Host</c> (<c>$host</c>) and what the client wrote in <c>Host</c> in
/// <c>X-Original-URL</c> (<c>$http_host</c>). For <c>GET http://wiki.example/ HTTP/1.1</c> with another host in <c>Host</c> the two differ, and the rights at the
/// second would open the first.
/// </summary>
internal static class RoutedHost
{
    public static bool IsAnother(Dialect dialect, IHeaderDictionary headers, ServingView view, ApplicationView asked) =>
        dialect == Dialect.Nginx && headers.Host is [{ } routed]
        && view.Serving.Compiled.FindByHost(routed) is { } application && !ReferenceEquals(application, asked.Compiled)
        && !ProtectedHosts.IsControlPlane(view.Serving, routed);
}
