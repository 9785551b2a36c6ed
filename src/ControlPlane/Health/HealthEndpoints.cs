using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Health;

/// <summary>authentik's health addresses. Anybody may ask: they tell nothing but up or not.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/-/health/live/", ["GET", "HEAD"], () => Results.Ok()).AllowAnonymous();
        routes.MapMethods("/-/health/ready/", ["GET", "HEAD"], ReadyAsync).AllowAnonymous();
    }

    private static async Task<IResult> ReadyAsync(ControlPlaneContext context, CancellationToken cancel)
    {
        try
        {
            return await context.Installations.AnyAsync(cancel) ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception error) when (error is DbException or InvalidOperationException or TimeoutException)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }
}
