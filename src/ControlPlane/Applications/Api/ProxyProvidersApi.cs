using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Applications.Api;

/// <summary><c>providers/proxy</c>.</summary>
internal static class ProxyProvidersApi
{
    public static void MapProxyProvidersApi(this IEndpointRouteBuilder api)
    {
        var providers = api.MapGroup("providers/proxy");
        providers.MapGet("/", ListAsync).ForSuperusers();
        providers.MapPost("/", CreateAsync).ForSuperusers();
        providers.MapGet("/{id:int}/", RetrieveAsync).ForSuperusers();
        providers.MapMethods("/{id:int}/", ["PUT", "PATCH"], UpdateAsync).ForSuperusers();
        providers.MapDelete("/{id:int}/", ProvidersApi.DeleteAsync).ForSuperusers();
    }

    private static async Task<IResult> ListAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel)
    {
        var outposts = await OutpostNamesAsync(context, cancel);
        return await ProviderQueries.ProxyRows(context).Filtered(query)
            .ListAsync(query, ProviderQueries.ProxyOrdering, provider => ProxyProviderAnswer.Of(provider, outposts[provider.Id]), cancel);
    }

    private static async Task<IResult> RetrieveAsync(int id, ControlPlaneContext context, CancellationToken cancel) =>
        await AnswerAsync(id, context, StatusCodes.Status200OK, cancel);

    private static async Task<IResult> CreateAsync(
        JsonBody body, ProxyProviderFields fields, ApiSave save, ControlPlaneContext context, KeyWrap wrap, CancellationToken cancel)
    {
        var provider = new ProxyProvider
        {
            Name = "",
            ExternalHost = "",
            ClientId = ProxyProviderSecrets.NewClientId(),
            ClientSecretWrapped = ProxyProviderSecrets.WrapClientSecret(wrap, ProxyProviderSecrets.NewClientSecret()),
            SealingKeyWrapped = ProxyProviderSecrets.NewSealingKey(wrap),
        };
        await fields.ApplyAsync(body, provider, cancel);
        context.ProxyProviders.Add(provider);
        return await save.SaveAsync(body, cancel) ?? await AnswerAsync(provider.Id, context, StatusCodes.Status201Created, cancel);
    }

    private static async Task<IResult> UpdateAsync(
        int id, JsonBody body, ProxyProviderFields fields, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.ProxyProviders.SingleOrDefaultAsync(provider => provider.Id == id, cancel) is not { } provider)
        {
            return ApiResults.NotFound();
        }

        await fields.ApplyAsync(body, provider, cancel);
        return await save.SaveAsync(body, cancel) ?? await AnswerAsync(id, context, StatusCodes.Status200OK, cancel);
    }

    private static async Task<IResult> AnswerAsync(int id, ControlPlaneContext context, int status, CancellationToken cancel)
    {
        var outposts = await OutpostNamesAsync(context, cancel);
        return await ProviderQueries.ProxyRows(context).SingleOrDefaultAsync(provider => provider.Id == id, cancel) is { } provider
            ? ApiResults.Json(ProxyProviderAnswer.Of(provider, outposts[id]), status)
            : ApiResults.NotFound();
    }

    private static async Task<ILookup<int, string>> OutpostNamesAsync(ControlPlaneContext context, CancellationToken cancel)
    {
        var served = from link in context.OutpostProviders
                     join outpost in context.Outposts on link.OutpostId equals outpost.Id
                     select new { link.ProviderId, outpost.Name };
        return (await served.ToListAsync(cancel)).ToLookup(row => row.ProviderId, row => row.Name);
    }
}
