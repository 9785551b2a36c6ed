using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>Which stages a list holds, and in which order.</summary>
internal static class StageQueries
{
    public static readonly Ordering<Stage> Ordering = new Ordering<Stage>(byDefault: "name", unique: "name")
        .With("name", stage => stage.Name)
        .With("pk", stage => stage.Id);

    public static IQueryable<Stage> Filtered(this IQueryable<Stage> stages, QueryReader query)
    {
        if (query.TryText("name", out var name))
        {
            stages = stages.Where(stage => stage.Name == name);
        }

        return stages.Searched(query, stage => stage.Name);
    }

    /// <summary>Stages of one kind, by their settings too. Those are looked through here: both databases would read JSON in ways of their own.</summary>
    public static async Task<IQueryable<Stage>> OfKindAsync(ControlPlaneContext context, StageDescription kind, QueryReader query, CancellationToken cancel)
    {
        var stages = context.Stages.AsNoTracking().Where(stage => stage.Kind == kind.Kind).Filtered(query);
        if (query.TryId("stage_uuid", out var id))
        {
            stages = stages.Where(stage => stage.Id == id);
        }

        if (query.TryFlag("no_flows", out var none))
        {
            stages = stages.Where(stage => context.FlowStageBindings.Any(binding => binding.StageId == stage.Id) != none);
        }

        var filters = await FiltersAsync(context, kind, query, cancel);
        if (filters.Count == 0)
        {
            return stages;
        }

        var fitting = (await stages.ToListAsync(cancel)).Where(stage => filters.TrueForAll(filter => filter(stage))).Select(stage => stage.Id).ToList();
        return stages.Where(stage => fitting.Contains(stage.Id));
    }

    private static async Task<List<Func<Stage, bool>>> FiltersAsync(ControlPlaneContext context, StageDescription kind, QueryReader query, CancellationToken cancel)
    {
        var filters = new List<Func<Stage, bool>>();
        foreach (var setting in kind.Settings)
        {
            if (await setting.FilterAsync(query, context, cancel) is { } filter)
            {
                filters.Add(filter);
            }
        }

        return filters;
    }
}
