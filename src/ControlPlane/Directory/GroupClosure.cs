using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory;

/// <summary>Groups with all that lie above them. A circle ends the walk: each group is visited once.</summary>
internal static class GroupClosure
{
    public static async Task<HashSet<Guid>> OfUserAsync(ControlPlaneContext context, Guid userId, CancellationToken cancel) =>
        await AboveAsync(context, await context.Memberships.Where(membership => membership.UserId == userId).Select(membership => membership.GroupId).ToListAsync(cancel), cancel);

    public static Task<HashSet<Guid>> AboveAsync(ControlPlaneContext context, IEnumerable<Guid> groups, CancellationToken cancel) =>
        WalkAsync(groups, edge => context.GroupParents.Where(link => edge.Contains(link.GroupId)).Select(link => link.ParentId).ToListAsync(cancel));

    public static Task<HashSet<Guid>> BelowAsync(ControlPlaneContext context, IEnumerable<Guid> groups, CancellationToken cancel) =>
        WalkAsync(groups, edge => context.GroupParents.Where(link => edge.Contains(link.ParentId)).Select(link => link.GroupId).ToListAsync(cancel));

    private static async Task<HashSet<Guid>> WalkAsync(IEnumerable<Guid> start, Func<List<Guid>, Task<List<Guid>>> step)
    {
        var all = new HashSet<Guid>(start);
        var edge = all.ToList();
        while (edge.Count > 0)
        {
            var next = await step(edge);
            edge = [.. next.Where(all.Add)];
        }

        return all;
    }
}
