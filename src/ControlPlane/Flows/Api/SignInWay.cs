using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Authenticators;
using Sidecar.ControlPlane.Brands;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>
/// Whether the default brand's sign-in flow can sign an administrator in. A change after which it no longer can is refused: nobody could come in to undo it. Flow, stages, bindings and
/// who is in which group are judged for each administrator; of a policy whose answer depends on more it is believed that it can let somebody through.
/// </summary>
internal sealed class SignInWay(ControlPlaneContext context, Superusers superusers)
{
    /// <summary>Whether what is about to be saved can make a difference.</summary>
    public bool MayChange => context.ChangeTracker.Entries().Any(entry => entry.State != EntityState.Unchanged && entry.Entity switch
    {
        Flow or Stage or FlowStageBinding or Brand or Binding or Policy or AuthenticatorDevice or Membership or Group or GroupParent => true,
        User => entry.State == EntityState.Deleted || entry.Property(nameof(User.IsActive)).IsModified,
        _ => false,
    });

    public async Task<bool> IsOpenAsync(CancellationToken cancel)
    {
        var chosen = await context.Brands.Where(brand => brand.IsDefault).Select(brand => brand.FlowAuthenticationId).FirstOrDefaultAsync(cancel);
        var flows = context.Flows.AsNoTracking().Include(flow => flow.StageBindings).ThenInclude(binding => binding.Stage).AsSplitQuery();
        var flow = await flows.SingleOrDefaultAsync(flow => flow.Id == chosen, cancel)
            ?? await flows.Where(flow => flow.Designation == FlowDesignation.Authentication).OrderBy(flow => flow.Slug).FirstOrDefaultAsync(cancel);
        if (flow is not { Authentication: FlowAuthentication.None or FlowAuthentication.RequireUnauthenticated })
        {
            return false;
        }

        var places = flow.StageBindings.Select(place => place.Id).ToList();
        var bindings = await context.Bindings.AsNoTracking().Include(binding => binding.Policy)
            .Where(binding => binding.Enabled && (binding.FlowId == flow.Id || places.Contains(binding.StageBindingId!.Value))).ToListAsync(cancel);
        var walk = new SignInWalk(flow, bindings);
        return walk.IsOpenToStrangers && (await AdministratorsAsync(cancel)).Any(walk.EndsSignedIn);
    }

    private async Task<IReadOnlyList<SignInWalk.Person>> AdministratorsAsync(CancellationToken cancel)
    {
        var groups = await superusers.GroupsAsync(cancel);
        var administrators = await context.Users.AsNoTracking().AsSplitQuery()
            .Where(user => user.IsActive && user.Type != UserType.InternalServiceAccount && user.Groups.Any(group => groups.Contains(group.Id)))
            .Select(user => new { user.Id, Groups = user.Groups.Select(group => group.Id).ToList() }).ToListAsync(cancel);
        var devices = (await context.AuthenticatorDevices.AsNoTracking().Where(device => device.User!.IsActive && device.User.Groups.Any(group => groups.Contains(group.Id))).ToListAsync(cancel))
            .ToLookup(device => device.UserId, device => device.Class);
        var above = (await context.GroupParents.AsNoTracking().ToListAsync(cancel)).ToLookup(link => link.GroupId, link => link.ParentId);
        return [.. administrators.Select(user => new SignInWalk.Person(user.Id, WithParents(user.Groups, above), [.. devices[user.Id]]))];
    }

    private static HashSet<Guid> WithParents(IEnumerable<Guid> groups, ILookup<Guid, Guid> above)
    {
        var all = groups.ToHashSet();
        var open = new Queue<Guid>(all);
        while (open.TryDequeue(out var group))
        {
            foreach (var parent in above[group].Where(all.Add))
            {
                open.Enqueue(parent);
            }
        }

        return all;
    }
}
