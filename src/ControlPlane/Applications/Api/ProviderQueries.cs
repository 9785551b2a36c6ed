using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Applications.Api;

/// <summary>Which providers a list holds, and in which order.</summary>
internal static class ProviderQueries
{
    public static readonly Ordering<Provider> Ordering = new Ordering<Provider>(byDefault: "name", unique: "pk")
        .With("pk", provider => provider.Id)
        .With("name", provider => provider.Name);

    public static readonly Ordering<ProxyProvider> ProxyOrdering = new Ordering<ProxyProvider>(byDefault: "name", unique: "pk")
        .With("pk", provider => provider.Id)
        .With("name", provider => provider.Name)
        .With("mode", provider => provider.Mode)
        .With("external_host", provider => provider.ExternalHost)
        .With("cookie_domain", provider => provider.CookieDomain);

    public static IQueryable<Provider> Rows(ControlPlaneContext context) => context.Providers.AsNoTracking().Include(provider => provider.Application);

    public static IQueryable<ProxyProvider> ProxyRows(ControlPlaneContext context) =>
        context.ProxyProviders.AsNoTracking().Include(provider => provider.Application);

    public static IQueryable<Provider> Filtered(this IQueryable<Provider> providers, QueryReader query)
    {
        if (query.TryFlag("application__isnull", out var free))
        {
            providers = providers.Where(provider => provider.Application == null == free);
        }

        // None of the kinds that we have is one.
        if (query.TryFlag("backchannel", out var backchannel))
        {
            providers = providers.Where(_ => !backchannel);
        }

        return providers.Searched(query, provider => provider.Name);
    }

    public static IQueryable<ProxyProvider> Filtered(this IQueryable<ProxyProvider> providers, QueryReader query)
    {
        if (query.TryFlag("application__isnull", out var free))
        {
            providers = providers.Where(provider => provider.Application == null == free);
        }

        if (query.TryChoice<ProxyMode>("mode__iexact", out var mode))
        {
            providers = providers.Where(provider => provider.Mode == mode);
        }

        if (query.TryFlag("basic_auth_enabled__iexact", out var basic))
        {
            providers = providers.Where(provider => provider.BasicAuthEnabled == basic);
        }

        return providers
            .Same(query, "name__iexact", provider => provider.Name)
            .Same(query, "external_host__iexact", provider => provider.ExternalHost)
            .Same(query, "internal_host__iexact", provider => provider.InternalHost)
            .Same(query, "cookie_domain__iexact", provider => provider.CookieDomain)
            .Same(query, "skip_path_regex__iexact", provider => provider.SkipPathRegex)
            .Same(query, "authorization_flow__slug__iexact", provider => provider.AuthorizationFlow!.Slug)
            .Searched(query, provider => provider.Name, provider => provider.ExternalHost);
    }
}
