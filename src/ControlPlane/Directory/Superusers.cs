using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory;

/// <summary>Who administers the installation: members of a superuser group, and of every group that lies in one.</summary>
internal sealed class Superusers(ControlPlaneContext context)
{
    public async Task<bool> IsSuperuserAsync(Guid userId, CancellationToken cancel)
    {
        var groups = await GroupsAsync(cancel);
        return await context.Memberships.AnyAsync(membership => membership.UserId == userId && groups.Contains(membership.GroupId), cancel);
    }

    /// <summary>Whether anybody is left who can sign in and administer. Service accounts of outposts cannot.</summary>
    public Task<bool> AnyActiveAsync(CancellationToken cancel) => AnyOtherActiveAsync(Guid.Empty, cancel);

    /// <summary>The same without this user.</summary>
    public async Task<bool> AnyOtherActiveAsync(Guid userId, CancellationToken cancel)
    {
        var groups = await GroupsAsync(cancel);
        return await context.Users.AnyAsync(
            user => user.Id != userId && user.IsActive && user.Type != UserType.InternalServiceAccount && user.Groups.Any(group => groups.Contains(group.Id)), cancel);
    }

    /// <summary>The groups whose direct members are superusers.</summary>
    public async Task<HashSet<Guid>> GroupsAsync(CancellationToken cancel)
    {
        var found = (await context.Groups.Where(group => group.IsSuperuser).Select(group => group.Id).ToListAsync(cancel)).ToHashSet();
        var below = (await context.GroupParents.AsNoTracking().ToListAsync(cancel)).ToLookup(link => link.ParentId, link => link.GroupId);

        // Each group is looked at once, so a circle ends too.
        var open = new Queue<Guid>(found);
        while (open.TryDequeue(out var parent))
        {
            foreach (var child in below[parent].Where(found.Add))
            {
                open.Enqueue(child);
            }
        }

        return found;
    }
}
