using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Brands.Api;

/// <summary><c>core/brands</c>.</summary>
internal static class BrandsApi
{
    public static void MapBrandsApi(this IEndpointRouteBuilder api)
    {
        var brands = api.MapGroup("core/brands");
        brands.MapGet("/", ListAsync).ForSuperusers();
        brands.MapPost("/", CreateAsync).ForSuperusers();
        brands.MapGet("/current/", CurrentAsync).ForAnyone();
        brands.MapGet("/{id:guid}/", RetrieveAsync).ForSuperusers();
        brands.MapMethods("/{id:guid}/", ["PUT", "PATCH"], UpdateAsync).ForSuperusers();
        brands.MapDelete("/{id:guid}/", DeleteAsync).ForSuperusers();
    }

    private static async Task<IResult> ListAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel) =>
        await context.Brands.AsNoTracking().Filtered(query).ListAsync(query, BrandQueries.Ordering, BrandAnswer.Of, cancel);

    /// <summary>The default one: the Host header decides nothing.</summary>
    private static async Task<IResult> CurrentAsync(ControlPlaneContext context, CancellationToken cancel) =>
        await context.Brands.AsNoTracking().OrderByDescending(brand => brand.IsDefault).ThenBy(brand => brand.Domain).FirstOrDefaultAsync(cancel) is { } brand
            ? ApiResults.Json(CurrentBrandAnswer.Of(brand))
            : ApiResults.NotFound();

    private static async Task<IResult> RetrieveAsync(Guid id, ControlPlaneContext context, CancellationToken cancel) =>
        await context.Brands.AsNoTracking().SingleOrDefaultAsync(brand => brand.Id == id, cancel) is { } brand
            ? ApiResults.Json(BrandAnswer.Of(brand))
            : ApiResults.NotFound();

    private static async Task<IResult> CreateAsync(JsonBody body, BrandFields fields, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        var brand = context.Brands.Add(new Brand { Domain = "" }).Entity;
        await fields.ApplyAsync(body, brand, cancel);
        return await save.SaveAsync(body, cancel) ?? ApiResults.Created(BrandAnswer.Of(brand));
    }

    private static async Task<IResult> DeleteAsync(Guid id, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Brands.SingleOrDefaultAsync(brand => brand.Id == id, cancel) is not { } brand)
        {
            return ApiResults.NotFound();
        }

        if (brand.IsDefault)
        {
            return ApiResults.Invalid(FieldErrors.NoField, "This is the brand of every domain that has none of its own; it stays.");
        }

        context.Brands.Remove(brand);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }

    private static async Task<IResult> UpdateAsync(
        Guid id, JsonBody body, BrandFields fields, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Brands.SingleOrDefaultAsync(brand => brand.Id == id, cancel) is not { } brand)
        {
            return ApiResults.NotFound();
        }

        await fields.ApplyAsync(body, brand, cancel);
        return await save.SaveAsync(body, cancel) ?? ApiResults.Json(BrandAnswer.Of(brand));
    }
}
