using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Applications.Api;

/// <summary><c>providers/all</c>.</summary>
internal static class ProvidersApi
{
    public static void MapProvidersApi(this IEndpointRouteBuilder api)
    {
        var providers = api.MapGroup("providers/all");
        providers.MapGet("/", ListAsync).ForSuperusers();
        providers.MapGet("/{id:int}/", RetrieveAsync).ForSuperusers();
        providers.MapDelete("/{id:int}/", DeleteAsync).ForSuperusers();
    }

    /// <summary>The application stays, without a way to sign in; outposts drop it, and the grants of sessions and tokens at it go.</summary>
    public static async Task<IResult> DeleteAsync(int id, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Providers.SingleOrDefaultAsync(provider => provider.Id == id, cancel) is not { } provider)
        {
            return ApiResults.NotFound();
        }

        foreach (var application in await context.Applications.Where(application => application.ProviderId == id).ToListAsync(cancel))
        {
            application.ProviderId = null;
        }

        context.OutpostProviders.RemoveRange(await context.OutpostProviders.Where(link => link.ProviderId == id).ToListAsync(cancel));
        context.SessionGrants.RemoveRange(await context.SessionGrants.Where(grant => grant.ProviderId == id).ToListAsync(cancel));
        context.TokenGrants.RemoveRange(await context.TokenGrants.Where(grant => grant.ProviderId == id).ToListAsync(cancel));
        context.Providers.Remove(provider);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }

    private static async Task<IResult> ListAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel) =>
        await ProviderQueries.Rows(context).Filtered(query).ListAsync(query, ProviderQueries.Ordering, ProviderAnswer.Of, cancel);

    private static async Task<IResult> RetrieveAsync(int id, ControlPlaneContext context, CancellationToken cancel) =>
        await ProviderQueries.Rows(context).SingleOrDefaultAsync(provider => provider.Id == id, cancel) is { } provider
            ? ApiResults.Json(ProviderAnswer.Of(provider))
            : ApiResults.NotFound();
}
