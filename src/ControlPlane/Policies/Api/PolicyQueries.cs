using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Policies.Descriptions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Policies.Api;

/// <summary>Which policies a list holds, and in which order.</summary>
internal static class PolicyQueries
{
    public static readonly Ordering<Policy> Ordering = new Ordering<Policy>(byDefault: "name", unique: "name")
        .With("name", policy => policy.Name)
        .With("execution_logging", policy => policy.ExecutionLogging)
        .With("pk", policy => policy.Id);

    public static IQueryable<Policy> OfAnyKind(ControlPlaneContext context, QueryReader query)
    {
        var policies = context.Policies.AsNoTracking();
        if (query.TryFlag("bindings__isnull", out var unbound))
        {
            policies = policies.Where(policy => context.Bindings.Any(binding => binding.PolicyId == policy.Id) != unbound);
        }

        if (query.TryFlag("promptstage__isnull", out var unused))
        {
            policies = policies.Where(policy => context.StageValidations.Any(link => link.PolicyId == policy.Id) != unused);
        }

        return policies.Searched(query, policy => policy.Name);
    }

    /// <summary>By their settings too. Those are looked through here: both databases would read JSON in ways of their own.</summary>
    public static async Task<IQueryable<Policy>> OfKindAsync(ControlPlaneContext context, PolicyDescription kind, QueryReader query, CancellationToken cancel)
    {
        var policies = context.Policies.AsNoTracking().Where(policy => policy.Kind == kind.Kind);
        if (query.TryText("name", out var name))
        {
            policies = policies.Where(policy => policy.Name == name);
        }

        if (query.TryId("policy_uuid", out var id))
        {
            policies = policies.Where(policy => policy.Id == id);
        }

        if (query.TryFlag("execution_logging", out var logging))
        {
            policies = policies.Where(policy => policy.ExecutionLogging == logging);
        }

        policies = policies.Searched(query, policy => policy.Name);
        var filters = kind.Settings.Select(setting => setting.Filter(query)).OfType<Func<Policy, bool>>().ToList();
        if (filters.Count == 0)
        {
            return policies;
        }

        var fitting = (await policies.ToListAsync(cancel)).Where(policy => filters.TrueForAll(filter => filter(policy))).Select(policy => policy.Id).ToList();
        return policies.Where(policy => fitting.Contains(policy.Id));
    }
}
