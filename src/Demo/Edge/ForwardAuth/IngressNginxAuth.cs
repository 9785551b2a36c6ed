using Sidecar.Demo.Edge.EntryPoint;
using Sidecar.Demo.Edge.Headers;
using Sidecar.Demo.Edge.Transport;

namespace Sidecar.Demo.Edge.ForwardAuth;

/// <summary>
/// auth-url of an ingress-nginx Ingress as Traefik v3.7 runs it: no trust switch, X-Forwarded-For is the peer alone, nginx
/// variables in addresses, and no X-Original-URL. AuthSigninUrl is auth-signin, PreserveRequestMethod stands for auth-method.
/// </summary>
internal sealed class IngressNginxAuth(ForwardAuthOptions options, AuthClient client) : IEdgeMiddleware
{
    private readonly AllowedAnswer _allowed = new(options);

    public async Task InvokeAsync(EdgeExchange exchange, Func<Task> next)
    {
        switch (await client.AskAsync(exchange, Request(exchange), options))
        {
            case AuthOutcome.Answered({ Status: >= 200 and < 300 } answer):
                _allowed.Apply(answer, exchange);
                await next();
                break;
            case AuthOutcome.Answered({ Status: StatusCodes.Status401Unauthorized }) when options.AuthSigninUrl.Length > 0:
                exchange.Http.Response.Redirect(SigninUrl(exchange));
                break;
            case AuthOutcome.Answered(var answer):
                await DeniedAnswer.CopyAsync(answer, options, exchange.Http.Response);
                break;
            default:
                exchange.Http.Response.StatusCode = StatusCodes.Status500InternalServerError;
                break;
        }
    }

    private AuthRequest Request(EdgeExchange exchange)
    {
        var headers = ClientHeaders.Copy(exchange);
        headers.RemoveWhere(name => ManagedHeaders.Has(name, withAliases: true));
        headers.Set(ManagedHeaders.For, exchange.Http.Connection.RemoteIpAddress is { } peer ? PeerAddress.Of(peer) : "");
        headers.Set(ManagedHeaders.Method, exchange.Http.Request.Method);
        headers.Set(ManagedHeaders.Proto, NginxVariables.Scheme(exchange));
        headers.Set(ManagedHeaders.Host, exchange.Host);
        headers.Set(ManagedHeaders.Uri, exchange.Target);
        var method = options.PreserveRequestMethod ? exchange.Http.Request.Method : HttpMethods.Get;
        return new AuthRequest(method, NginxVariables.Fill(options.Address, exchange), headers, ReadOnlyMemory<byte>.Empty);
    }

    private string SigninUrl(EdgeExchange exchange)
    {
        var url = NginxVariables.Fill(options.AuthSigninUrl, exchange);
        return url.Contains("rd=", StringComparison.Ordinal)
            ? url
            : $"{url}{(url.Contains('?') ? '&' : '?')}rd={NginxVariables.Fill("$scheme://$best_http_host$escaped_request_uri", exchange)}";
    }
}
