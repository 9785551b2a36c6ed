using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>Which flows a list holds, and in which order.</summary>
internal static class FlowQueries
{
    public static readonly Ordering<Flow> Ordering = new Ordering<Flow>(byDefault: "slug", unique: "slug")
        .With("slug", flow => flow.Slug)
        .With("pk", flow => flow.Id)
        .With("name", flow => flow.Name)
        .With("title", flow => flow.Title)
        .With("designation", flow => flow.Designation);

    public static IQueryable<Flow> Rows(ControlPlaneContext context) => context.Flows.AsNoTracking().Include(flow => flow.StageBindings);

    public static IQueryable<Flow> Filtered(this IQueryable<Flow> flows, QueryReader query)
    {
        if (query.TryText("slug", out var slug))
        {
            flows = flows.Where(flow => flow.Slug == slug);
        }

        if (query.TryText("name", out var name))
        {
            flows = flows.Where(flow => flow.Name == name);
        }

        if (query.TryId("flow_uuid", out var id))
        {
            flows = flows.Where(flow => flow.Id == id);
        }

        if (query.TryChoice<FlowDesignation>("designation", out var designation))
        {
            flows = flows.Where(flow => flow.Designation == designation);
        }

        if (query.TryChoice<FlowDeniedAction>("denied_action", out var denied))
        {
            flows = flows.Where(flow => flow.DeniedAction == denied);
        }

        return flows.Searched(query, flow => flow.Name, flow => flow.Slug, flow => flow.Title);
    }
}
