using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Brands.Api;

/// <summary>Which brands a list holds, and in which order.</summary>
internal static class BrandQueries
{
    public static readonly Ordering<Brand> Ordering = new Ordering<Brand>(byDefault: "domain", unique: "domain")
        .With("domain", brand => brand.Domain)
        .With("brand_uuid", brand => brand.Id)
        .With("default", brand => brand.IsDefault)
        .With("branding_title", brand => brand.BrandingTitle);

    public static IQueryable<Brand> Filtered(this IQueryable<Brand> brands, QueryReader query)
    {
        if (query.TryText("domain", out var domain))
        {
            brands = brands.Where(brand => brand.Domain == domain);
        }

        if (query.TryFlag("default", out var isDefault))
        {
            brands = brands.Where(brand => brand.IsDefault == isDefault);
        }

        if (query.TryId("brand_uuid", out var id))
        {
            brands = brands.Where(brand => brand.Id == id);
        }

        if (query.TryText("branding_title", out var title))
        {
            brands = brands.Where(brand => brand.BrandingTitle == title);
        }

        if (query.TryId("flow_authentication", out var authentication))
        {
            brands = brands.Where(brand => brand.FlowAuthenticationId == authentication);
        }

        if (query.TryId("flow_invalidation", out var invalidation))
        {
            brands = brands.Where(brand => brand.FlowInvalidationId == invalidation);
        }

        return brands.Searched(query, brand => brand.Domain, brand => brand.BrandingTitle);
    }
}
