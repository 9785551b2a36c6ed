using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Policies.Api;

/// <summary>What a request may set on a binding.</summary>
internal sealed class BindingFields(ControlPlaneContext context)
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

    // A binding that nothing evaluates would be a lock that is only painted on: such targets are refused.
    private async Task ApplyTargetAsync(JsonBody body, Binding binding, CancellationToken cancel)
    {
        if (!body.TryId("target", out var target) || target == (binding.FlowId ?? binding.StageBindingId))
        {
            return;
        }

        var flow = await context.Flows.AnyAsync(flow => flow.Id == target, cancel) || await context.FlowStageBindings.AnyAsync(stage => stage.Id == target, cancel);
        if (!body.Refuses("target", flow, "Bindings of flows and stages are not evaluated; bind to an application.")
            && !body.Refuses(
                "target", !await context.Applications.AnyAsync(application => application.Id == target, cancel),
                $"There is no application \"{target}\"; give the pk of one."))
        {
            (binding.ApplicationId, binding.FlowId, binding.StageBindingId) = (target, null, null);
        }
    }

    private async Task ApplySubjectAsync(JsonBody body, Binding binding, CancellationToken cancel)
    {
        if (body.TryNullableId("policy", out var policy))
        {
            body.Refuses("policy", policy is not null, $"There is no policy \"{policy}\"; bind a user or a group.");
        }

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
                FieldErrors.NoField, (binding.UserId is null) == (binding.GroupId is null), "Give exactly one of \"user\" and \"group\"; set the other to null.");
        }
    }
}
