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
        return WriteAsync(visit.Context, visit.Dialect, named, visit.IsNavigation, visit.View.Serving, visit.Started);
    }

    /// <summary>Before an application is known.</summary>
    public Task RefuseAsync(HttpContext context, Dialect dialect, Refusal refusal, Serving? serving, long started) =>
        WriteAsync(context, dialect, refusal, Navigation.Is(context.Request.Headers, "GET"), serving, started);

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

    private Task WriteAsync(HttpContext context, Dialect dialect, Refusal refusal, bool asPage, Serving? serving, long started)
    {
        var verdict = RefusalStatus.Of(refusal.Reason, dialect) == StatusCodes.Status401Unauthorized ? Verdict.SignIn : Verdict.Deny;
        metrics.Decided(verdict, refusal.Reason, Stopwatch.GetTimestamp() - started);
        return RefusalWriter.WriteAsync(context, dialect, refusal, asPage, serving?.Compiled.Source.Brand);
    }
}
