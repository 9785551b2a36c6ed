using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Policies.Descriptions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Policies.Api;

/// <summary>What a request may set on a binding.</summary>
internal sealed class BindingFields(ControlPlaneContext context, PolicyDescriptions kinds)
{
    public async Task ApplyAsync(JsonBody body, Binding binding, CancellationToken cancel)
    {
        body.Require("target", "order");
        body.Ignore("pk", "policy_obj", "group_obj", "user_obj", "expires", "expiring");
        await ApplyTargetAsync(body, binding, cancel);
        await ApplySubjectAsync(body, binding, cancel);
        ApplyPlain(body, binding);
    }

    private static void ApplyPlain(JsonBody body, Binding binding)
    {
        if (body.TryNumber("order", out var order))
        {
            binding.Order = order;
        }

        if (body.TryNumber("timeout", out var timeout, min: 0))
        {
            binding.Timeout = timeout;
        }

        if (body.TryFlag("enabled", out var enabled))
        {
            binding.Enabled = enabled;
        }

        if (body.TryFlag("negate", out var negate))
        {
            binding.Negate = negate;
        }

        if (body.TryFlag("failure_result", out var failure))
        {
            binding.FailureResult = failure;
        }
    }

    private async Task ApplyTargetAsync(JsonBody body, Binding binding, CancellationToken cancel)
    {
        if (!body.TryId("target", out var target))
        {
            return;
        }

        Guid? application = await context.Applications.AnyAsync(row => row.Id == target, cancel) ? target : null;
        Guid? flow = await context.Flows.AnyAsync(row => row.Id == target, cancel) ? target : null;
        Guid? stage = await context.FlowStageBindings.AnyAsync(row => row.Id == target, cancel) ? target : null;
        Guid? rule = await context.NotificationRules.AnyAsync(row => row.Id == target, cancel) ? target : null;
        if (!body.Refuses("target", (application ?? flow ?? stage ?? rule) is null, $"There is no application, flow, stage binding or notification rule \"{target}\"; give the pk of one."))
        {
            (binding.ApplicationId, binding.FlowId, binding.StageBindingId, binding.RuleId) = (application, flow, stage, rule);
        }
    }

    private async Task ApplySubjectAsync(JsonBody body, Binding binding, CancellationToken cancel)
    {
        await ApplyPolicyAsync(body, binding, cancel);

        if (body.TryNullableId("group", out var group)
            && !body.Refuses("group", group is not null && !await context.Groups.AnyAsync(known => known.Id == group, cancel), $"There is no group \"{group}\"."))
        {
            binding.GroupId = group;
        }

        if (body.TryNullableNumber("user", out var pk))
        {
            var user = pk is null ? null : await context.Users.Where(known => known.Pk == pk).Select(known => (Guid?)known.Id).SingleOrDefaultAsync(cancel);
            if (!body.Refuses("user", pk is not null && user is null, $"There is no user {pk}."))
            {
                binding.UserId = user;
            }
        }

        if (!body.Errors.Has("policy") && !body.Errors.Has("group") && !body.Errors.Has("user"))
        {
            body.Refuses(
                FieldErrors.NoField, new[] { binding.PolicyId, binding.UserId, binding.GroupId }.Count(id => id is not null) != 1,
                "Give exactly one of \"policy\", \"user\" and \"group\"; set the others to null.");

            // A binding that nothing evaluates would be a lock that is only painted on.
            body.Refuses(
                "policy", binding is { PolicyId: not null, ApplicationId: not null },
                "Outposts decide at applications, and they know users and groups only. Bind the policy to a flow or to a stage in one.");
            await RefuseEventsAsync(body, binding, cancel);
        }
    }

    // Where there is no event it would pass nobody.
    private async Task RefuseEventsAsync(JsonBody body, Binding binding, CancellationToken cancel)
    {
        if (binding is { PolicyId: { } id, RuleId: null } && await context.Policies.Where(policy => policy.Id == id).Select(policy => policy.Kind).SingleOrDefaultAsync(cancel) is { } kind)
        {
            body.Refuses("policy", kinds.Of(kind).LooksAtEvents, "This policy looks at events: bind it to a notification rule.");
        }
    }

    private async Task ApplyPolicyAsync(JsonBody body, Binding binding, CancellationToken cancel)
    {
        if (!body.TryNullableId("policy", out var id))
        {
            return;
        }

        var policy = id is null ? null : await context.Policies.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, cancel);
        var unfit = policy is null ? null : kinds.Of(policy.Kind).NotAtBindings;
        if (!body.Refuses("policy", id is not null && policy is null, $"There is no policy \"{id}\".")
            && !body.Refuses("policy", unfit is not null, $"\"{policy?.Name}\" cannot be bound: {unfit}"))
        {
            binding.PolicyId = id;
        }
    }
}
