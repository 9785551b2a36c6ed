using Sidecar.Demo.Edge.Headers;

namespace Sidecar.Demo.Edge.ForwardAuth;

/// <summary>Which headers the auth server gets.</summary>
internal interface IAuthRequestHeaders
{
    HeaderLines Of(EdgeExchange exchange);
}
