using System.Diagnostics;
using Sidecar.Decisions;
using Sidecar.Outpost.ForwardAuth.Dialects;
using Sidecar.Outpost.Pages;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.Telemetry;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>Refuses: one log line, one count, one answer, all with the same reason.</summary>
internal sealed class Refuser(OutpostMetrics metrics, ILogger<Refuser> logger)
{
    public Task RefuseAsync(Visit visit, Refusal refusal)
    {
        Log(visit.Context, visit.Dialect, refusal, visit.Request);
        var named = refusal with { Application = visit.Application.Compiled.Record.Name };
        Count(visit.Application.Compiled, visit.Request.Method, visit.Dialect, refusal.Reason, visit.Started);
        return WriteAsync(visit.Context, visit.Dialect, named, visit.IsNavigation, visit.View.Serving);
    }

    /// <summary>Before an application is known.</summary>
    public Task RefuseAsync(HttpContext context, Dialect dialect, Refusal refusal, Serving? serving, long started)
    {
        Count(application: null, context.Request.Method, dialect, refusal.Reason, started);
        return WriteAsync(context, dialect, refusal, Navigation.Is(context.Request.Headers, "GET"), serving);
    }

    public void Log(HttpContext context, Dialect dialect, Refusal refusal, in ForwardedRequest request)
    {
        if (logger.IsEnabled(LogLevel.Information))
        {
            logger.Refused(
                Reasons.IdOf(refusal.Reason), request.Authority.ToString(), request.Path.ToString(), refusal.Detail ?? "nobody", NameOf(dialect), PeerOf(context));
        }
    }

    public static string NameOf(Dialect dialect) => dialect switch
    {
        Dialect.Traefik => "traefik",
        Dialect.Caddy => "caddy",
        Dialect.Nginx => "nginx",
        Dialect.Envoy => "envoy",
        _ => "a browser",
    };

    public static string PeerOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private void Count(CompiledApplication? application, string method, Dialect dialect, Reason reason, long started)
    {
        var verdict = RefusalStatus.Of(reason, dialect) == StatusCodes.Status401Unauthorized ? Verdict.SignIn : Verdict.Deny;
        metrics.Decided(application, method, verdict, reason, Stopwatch.GetTimestamp() - started);
    }

    private static Task WriteAsync(HttpContext context, Dialect dialect, Refusal refusal, bool asPage, Serving? serving) =>
        RefusalWriter.WriteAsync(context, dialect, refusal, asPage, serving?.Compiled.Source.Brand);
}
