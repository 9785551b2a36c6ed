using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Directory.Api;

/// <summary>Puts a group into others. No group lies in itself, however long the way round.</summary>
internal sealed class Parents(ControlPlaneContext context)
{
    public async Task SetAsync(JsonBody body, Group group, Guid[] parents, CancellationToken cancel)
    {
        var known = await context.Groups.Where(other => parents.Contains(other.Id)).Select(other => other.Id).ToListAsync(cancel);
        foreach (var unknown in parents.Except(known))
        {
            body.Errors.Add("parents", $"There is no group \"{unknown}\".");
        }

        var links = await context.GroupParents.AsNoTracking().ToListAsync(cancel);
        if (body.Refuses("parents", Below(group.Id, links).Overlaps(known), "A group cannot lie in itself or in a group that lies in it."))
        {
            return;
        }

        var held = await context.GroupParents.Where(link => link.GroupId == group.Id).ToListAsync(cancel);
        context.GroupParents.RemoveRange(held.Where(link => !known.Contains(link.ParentId)));
        context.GroupParents.AddRange(known.Except(held.Select(link => link.ParentId)).Select(parent => new GroupParent { GroupId = group.Id, ParentId = parent }));
    }

    private static HashSet<Guid> Below(Guid group, List<GroupParent> links)
    {
        var children = links.ToLookup(link => link.ParentId, link => link.GroupId);
        var found = new HashSet<Guid> { group };
        var open = new Queue<Guid>(found);
        while (open.TryDequeue(out var next))
        {
            foreach (var child in children[next].Where(found.Add))
            {
                open.Enqueue(child);
            }
        }

        return found;
    }
}
