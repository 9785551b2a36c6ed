using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Policies.Api;

/// <summary>Which bindings a list holds, and in which order.</summary>
internal static class BindingQueries
{
    public static readonly Ordering<Binding> Ordering = new Ordering<Binding>(byDefault: "order", unique: "pk")
        .With("pk", binding => binding.Id)
        .With("order", binding => binding.Order)
        .With("enabled", binding => binding.Enabled)
        .With("timeout", binding => binding.Timeout)
        .With("target", binding => binding.ApplicationId ?? binding.FlowId ?? binding.StageBindingId ?? binding.RuleId);

    public static IQueryable<Binding> Rows(ControlPlaneContext context) =>
        context.Bindings.AsNoTracking().Include(binding => binding.Policy).Include(binding => binding.User).Include(binding => binding.Group);

    public static IQueryable<Binding> Filtered(this IQueryable<Binding> bindings, QueryReader query)
    {
        if (query.TryFlag("enabled", out var enabled))
        {
            bindings = bindings.Where(binding => binding.Enabled == enabled);
        }

        if (query.TryNumber("order", out var order))
        {
            bindings = bindings.Where(binding => binding.Order == order);
        }

        if (query.TryNumber("timeout", out var timeout))
        {
            bindings = bindings.Where(binding => binding.Timeout == timeout);
        }

        if (query.TryId("target", out var target))
        {
            bindings = bindings.Where(binding => (binding.ApplicationId ?? binding.FlowId ?? binding.StageBindingId ?? binding.RuleId) == target);
        }

        if (query.TryIds("target_in", out var targets))
        {
            bindings = bindings.Where(binding => targets.Contains((binding.ApplicationId ?? binding.FlowId ?? binding.StageBindingId ?? binding.RuleId)!.Value));
        }

        if (query.TryId("policy", out var policy))
        {
            bindings = bindings.Where(binding => binding.PolicyId == policy);
        }

        if (query.TryFlag("policy__isnull", out var none))
        {
            bindings = bindings.Where(binding => (binding.PolicyId == null) == none);
        }

        return bindings.Searched(query, binding => binding.Policy!.Name ?? "", binding => binding.User!.Username ?? "", binding => binding.Group!.Name ?? "");
    }
}
