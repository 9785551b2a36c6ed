using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.Validation;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary>What a request may set on a group.</summary>
internal sealed class GroupFields(ControlPlaneContext context, Memberships memberships, Parents parents)
{
    public async Task ApplyAsync(JsonBody body, Group group, CancellationToken cancel)
    {
        body.Require("name");
        body.Ignore("pk", "num_pk", "parents_obj", "users_obj", "roles_obj", "inherited_roles_obj", "children", "children_obj");
        await ApplyNameAsync(body, group, cancel);
        if (body.TryFlag("is_superuser", out var super))
        {
            group.IsSuperuser = super;
        }

        if (body.TryObject("attributes", out var attributes)
            && (AttributesValue.ProblemOf(attributes) is not { } problem || !body.Refuses("attributes", true, problem)))
        {
            group.Attributes = attributes;
        }

        if (body.TryIds("parents", out var above))
        {
            await parents.SetAsync(body, group, above, cancel);
        }

        if (body.TryNumbers("users", out var users))
        {
            await memberships.SetUsersAsync(body, group, users, cancel);
        }

        if (body.TryIds("roles", out var roles))
        {
            body.Refuses("roles", roles.Length > 0, "There are no roles; send an empty list, and give rights by groups.");
        }
    }

    private async Task ApplyNameAsync(JsonBody body, Group group, CancellationToken cancel)
    {
        if (!body.TryAnyText("name", out var name)
            || (GroupName.ProblemOf(name) is { } problem && body.Refuses("name", true, problem))
            || body.Refuses("name", await context.Groups.AnyAsync(other => other.Name == name && other.Id != group.Id, cancel), "Another group has this name."))
        {
            return;
        }

        group.Name = name;
    }
}
