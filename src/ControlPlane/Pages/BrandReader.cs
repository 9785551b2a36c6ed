using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Brands;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Pages;

/// <summary>The brand for the host that the browser asked: for looks only, no address is ever made from it.</summary>
internal sealed class BrandReader(ControlPlaneContext database)
{
    private PageBrand? _look;
    private Brand? _brand;

    public async Task<Brand?> FindAsync(HttpContext http)
    {
        if (_brand is null)
        {
            var brands = await database.Brands.AsNoTracking().ToListAsync(http.RequestAborted);
            _brand = brands.Where(brand => Covers(brand.Domain, http.Request.Host.Host)).MaxBy(brand => brand.Domain.Length) ?? brands.Find(brand => brand.IsDefault);
        }

        return _brand;
    }

    public async Task<PageBrand> LookAsync(HttpContext http) => _look ??= await FindAsync(http) is { } brand
        ? new PageBrand(brand.BrandingTitle, IsSafe(brand.BrandingLogo) ? brand.BrandingLogo : "", IsCss(brand.BrandingCustomCss) ? brand.BrandingCustomCss : "")
        : PageBrand.Default;

    private static bool Covers(string domain, string host) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);

    // authentik's default logo is a file of its own front end, which is not here.
    private static bool IsSafe(string logo) =>
        logo.StartsWith("data:image/", StringComparison.Ordinal) || (Browsers.LocalPath.Check(logo) is not null && !logo.StartsWith("/static/dist/", StringComparison.Ordinal));

    // The one sequence that would end the style element.
    private static bool IsCss(string css) => !css.Contains("</", StringComparison.Ordinal);
}
