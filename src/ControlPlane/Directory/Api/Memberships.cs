using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary>Makes a set of memberships what a request says. Only what differs is written, so that nobody else's principal is touched.</summary>
internal sealed class Memberships(ControlPlaneContext context)
{
    public async Task SetGroupsAsync(JsonBody body, User user, Guid[] groups, CancellationToken cancel)
    {
        var known = await context.Groups.Where(group => groups.Contains(group.Id)).Select(group => group.Id).ToListAsync(cancel);
        foreach (var unknown in groups.Except(known))
        {
            body.Errors.Add("groups", $"There is no group \"{unknown}\".");
        }

        var held = await context.Memberships.Where(membership => membership.UserId == user.Id).ToListAsync(cancel);
        context.Memberships.RemoveRange(held.Where(membership => !known.Contains(membership.GroupId)));
        context.Memberships.AddRange(known.Except(held.Select(membership => membership.GroupId)).Select(group => new Membership { UserId = user.Id, GroupId = group }));
    }

    public async Task SetUsersAsync(JsonBody body, Group group, int[] users, CancellationToken cancel)
    {
        var known = await context.Users.Where(user => users.Contains(user.Pk)).Select(user => new { user.Pk, user.Id }).ToListAsync(cancel);
        foreach (var unknown in users.Except(known.Select(user => user.Pk)))
        {
            body.Errors.Add("users", $"There is no user {unknown}.");
        }

        var wanted = known.Select(user => user.Id).ToHashSet();
        var held = await context.Memberships.Where(membership => membership.GroupId == group.Id).ToListAsync(cancel);
        context.Memberships.RemoveRange(held.Where(membership => !wanted.Contains(membership.UserId)));
        wanted.ExceptWith(held.Select(membership => membership.UserId));
        context.Memberships.AddRange(wanted.Select(user => new Membership { UserId = user, GroupId = group.Id }));
    }
}
