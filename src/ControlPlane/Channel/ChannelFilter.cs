using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Sidecar.Contracts;
using Sidecar.Contracts.Channel;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Channel;

/// <summary>Before each endpoint of the channel: tells the time, knows the outpost, refuses everybody else.</summary>
internal sealed class ChannelFilter(TimeProvider time, ILogger<ChannelFilter> log) : IEndpointFilter
{
    private const long MaxBodyBytes = 1024 * 1024;
    private const string Scheme = "Bearer ";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers[ChannelRoutes.TimeHeader] = time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        http.Response.Headers.CacheControl = "no-store";
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxBodyBytes;
        }

        var outcome = await http.RequestServices.GetRequiredService<OutpostAuthentication>().AuthenticateAsync(TokenOf(http.Request), http.RequestAborted);
        return outcome switch
        {
            OutpostTokenOutcome.Accepted accepted => await AcceptAsync(accepted.Outpost, context, next),
            OutpostTokenOutcome.Withdrawn withdrawn => await RefuseWithdrawnAsync(http, withdrawn.Reason),

            // Without a body: a token that was never seen here must not make an outpost delete its state.
            _ => Results.StatusCode(StatusCodes.Status401Unauthorized),
        };
    }

    private static async ValueTask<object?> AcceptAsync(OutpostIdentity outpost, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (!Guid.TryParse(context.HttpContext.Request.Headers[ChannelRoutes.InstanceHeader].ToString(), out var instance))
        {
            return ChannelAnswers.BadRequest($"The header {ChannelRoutes.InstanceHeader} must carry the UUID of the outpost's state folder.");
        }

        context.HttpContext.Features.Set(new ChannelCaller(outpost, instance));
        return await next(context);
    }

    private async Task<IResult> RefuseWithdrawnAsync(HttpContext http, string reason)
    {
        log.Withdrawn(reason);
        var installation = await InstallationView.ReadAsync(http.RequestServices.GetRequiredService<ControlPlaneContext>(), http.RequestAborted);
        return TypedResults.Json(
            new Goodbye { Reason = reason, Installation = installation.Id }, ContractsJson.Default.Goodbye, statusCode: StatusCodes.Status401Unauthorized);
    }

    private static string? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        return header is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? value[Scheme.Length..].Trim() : null;
    }
}
