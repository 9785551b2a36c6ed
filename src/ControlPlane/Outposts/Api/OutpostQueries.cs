using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Outposts.Api;

/// <summary>Which outposts a list holds, and in which order.</summary>
internal static class OutpostQueries
{
    public static readonly Ordering<Outpost> Ordering = new Ordering<Outpost>(byDefault: "name", unique: "pk")
        .With("pk", outpost => outpost.Id)
        .With("name", outpost => outpost.Name)
        .With("type", outpost => outpost.Type)
        .With("managed", outpost => outpost.Managed);

    public static IQueryable<Outpost> Rows(ControlPlaneContext context) =>
        context.Outposts.AsNoTracking().Include(outpost => outpost.Providers).ThenInclude(provider => provider.Application).AsSplitQuery();

    public static IQueryable<Outpost> Filtered(this IQueryable<Outpost> outposts, QueryReader query)
    {
        if (query.TryFlag("providers__isnull", out var none))
        {
            outposts = outposts.Where(outpost => outpost.Providers.Count == 0 == none);
        }

        if (query.TryNumbers("providers_by_pk", out var pks))
        {
            outposts = outposts.Where(outpost => outpost.Providers.Any(provider => pks.Contains(provider.Id)));
        }

        // No outpost has one.
        if (query.TryText("service_connection__name__icontains", out _) | query.TryText("service_connection__name__iexact", out _))
        {
            outposts = outposts.Where(_ => false);
        }

        return outposts
            .Same(query, "name__iexact", outpost => outpost.Name)
            .Same(query, "managed__iexact", outpost => outpost.Managed ?? "")
            .Containing(query, "name__icontains", outpost => outpost.Name)
            .Containing(query, "managed__icontains", outpost => outpost.Managed ?? "")
            .Searched(query, outpost => outpost.Name);
    }
}
