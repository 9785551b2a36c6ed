using Sidecar.Demo.Edge.Transport;

namespace Sidecar.Demo.Edge.ForwardAuth;

/// <summary>Asks the auth server about every request and does with the answer what Traefik does (rules R1 to R15, A1 to A11).</summary>
internal sealed class ForwardAuthMiddleware : IEdgeMiddleware
{
    private readonly ForwardAuthOptions _options;
    private readonly TraefikFeatures _features;
    private readonly AuthClient _client;
    private readonly IAuthRequestHeaders _headers;
    private readonly AuthRequestBody _body;
    private readonly AllowedAnswer _allowed;

    public ForwardAuthMiddleware(ForwardAuthOptions options, TraefikFeatures features, AuthClient client)
    {
        ForwardAuthOptionsCheck.Check(options, features);
        (_options, _features, _client) = (options, features, client);
        _headers = features.TellsFalseFromUnset && options.TrustForwardHeader is not null
            ? new AuthRequestHeaders(options, features)
            : new LegacyAuthRequestHeaders(options);
        _body = new AuthRequestBody(options);
        _allowed = new AllowedAnswer(options);
    }

    public async Task InvokeAsync(EdgeExchange exchange, Func<Task> next)
    {
        if (await _body.ReadAsync(exchange) is not { } body)
        {
            exchange.Http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        switch (await _client.AskAsync(exchange, Request(exchange, body), _options))
        {
            case AuthOutcome.Answered(var answer):
                await TakeAsync(exchange, answer, next);
                break;
            case AuthOutcome.TooLarge:
                exchange.Http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                break;
            case AuthOutcome.ClientGone when _features.KnowsClientGone:
                exchange.Http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                break;
            default:
                exchange.Http.Response.StatusCode = StatusCodes.Status500InternalServerError;
                break;
        }
    }

    private AuthRequest Request(EdgeExchange exchange, ReadOnlyMemory<byte> body)
    {
        var headers = _headers.Of(exchange);
        UserAgentRule.Apply(headers, _options, _features);
        var method = _options.PreserveRequestMethod ? exchange.Http.Request.Method : HttpMethods.Get;
        return new AuthRequest(method, _options.Address, headers, body);
    }

    private async Task TakeAsync(EdgeExchange exchange, AuthAnswer answer, Func<Task> next)
    {
        if (_options.HeaderField.Length > 0)
        {
            exchange.ClientUsername = answer.Headers.First(_options.HeaderField);
        }

        if (answer.Status == StatusCodes.Status401Unauthorized && _options.AuthSigninUrl.Length > 0)
        {
            exchange.Http.Response.Redirect(_options.AuthSigninUrl);
        }
        else if (answer.Status is < 200 or >= 300)
        {
            await DeniedAnswer.CopyAsync(answer, _options, exchange.Http.Response);
        }
        else
        {
            _allowed.Apply(answer, exchange);
            await next();
        }
    }
}
