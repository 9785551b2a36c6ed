using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using Sidecar.Decisions;
using Sidecar.Outpost.ForwardAuth.Dialects;
using Sidecar.Outpost.Forwarding;
using Sidecar.Outpost.Pages;
using Sidecar.Outpost.SignIn;
using Sidecar.Outpost.Telemetry;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>
/// The end of the pipeline. What is the outpost's own is told by the raw target: the server's own reading of a path removes dot segments, and under Envoy the
/// client writes the path. The rest goes to the control plane, or is not found.
/// </summary>
internal sealed class OutpostDispatcher(
    ForwardAuthEndpoint endpoint,
    DirectEndpoint direct,
    ProtectedHosts applications,
    OutpostMetrics metrics,
    ILogger<OutpostDispatcher> logger,
    ControlPlaneForwarder? forwarder = null)
{
    public Task InvokeAsync(HttpContext context)
    {
        // A server's default is 200, and 200 lets a request through. Whoever forgets to answer refuses.
        context.Features.GetRequiredFeature<IHttpResponseFeature>().StatusCode = StatusCodes.Status503ServiceUnavailable;
        try
        {
            var answering = DispatchAsync(context);
            return answering.IsCompletedSuccessfully ? Task.CompletedTask : GuardAsync(context, answering);
        }
        catch (Exception error)
        {
            return FailAsync(context, error);
        }
    }

    private Task DispatchAsync(HttpContext context)
    {
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        var target = request.RawTarget;
        if (!target.StartsWith(OutpostPaths.Prefix, StringComparison.Ordinal))
        {
            return direct.IsOwnBySignature(context, request, out var signed) ? direct.AnswerAsync(context, signed) : PassOnAsync(context);
        }

        var dialect = DialectOf(target);
        if (dialect != Dialect.Direct)
        {
            return endpoint.AnswerAsync(context, dialect);
        }

        var page = PathOf(target) switch
        {
            OutpostPaths.Ping => OwnPage.None,
            OutpostPaths.Start => OwnPage.Start,
            OutpostPaths.Callback => OwnPage.Callback,
            OutpostPaths.SignOut => OwnPage.SignOut,
            _ => OwnPage.Unknown,
        };
        return page switch
        {
            OwnPage.None => PingAsync(context),
            OwnPage.Unknown => NotFoundAsync(context),
            _ => direct.AnswerAsync(context, page),
        };
    }

    /// <summary>Which proxy asks, by the address; the query of these addresses means nothing (Caddy appends the client's).</summary>
    private static Dialect DialectOf(string target)
    {
        var path = PathOf(target);
        return path switch
        {
            OutpostPaths.AuthTraefik => Dialect.Traefik,
            OutpostPaths.AuthCaddy => Dialect.Caddy,
            OutpostPaths.AuthNginx => Dialect.Nginx,
            _ => path.StartsWith(OutpostPaths.AuthEnvoy, StringComparison.Ordinal)
                && (path.Length == OutpostPaths.AuthEnvoy.Length || path[OutpostPaths.AuthEnvoy.Length] == '/')
                    ? Dialect.Envoy
                    : Dialect.Direct,
        };
    }

    private static ReadOnlySpan<char> PathOf(string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target.AsSpan(0, query);
    }

    private Task PingAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        context.Response.Headers.CacheControl = "no-store";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        metrics.Requested(application: null, context.Request.Method, RequestKind.Ping, Stopwatch.GetTimestamp() - started);
        return Task.CompletedTask;
    }

    private static Task NotFoundAsync(HttpContext context) => RefusalWriter.WriteAsync(
        context, Dialect.Direct, new Refusal(Reason.NoSuchPage), Navigation.Is(context.Request.Headers, context.Request.Method), brand: null);

    private Task PassOnAsync(HttpContext context) =>
        forwarder is not null && !applications.IsNamedBy(context.Request.Headers) ? forwarder.ForwardAsync(context) : NotFoundAsync(context);

    private async Task GuardAsync(HttpContext context, Task answering)
    {
        try
        {
            await answering;
        }
        catch (Exception error)
        {
            await FailAsync(context, error);
        }
    }

    private async Task FailAsync(HttpContext context, Exception error)
    {
        if (error is not OperationCanceledException || !context.RequestAborted.IsCancellationRequested)
        {
            logger.Failed(error);
        }

        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var dialect = target.StartsWith(OutpostPaths.Prefix, StringComparison.Ordinal) ? DialectOf(target) : Dialect.Direct;
        context.Response.Clear();
        await RefusalWriter.WriteAsync(context, dialect, new Refusal(Reason.InternalError), asPage: false, brand: null);
    }
}
