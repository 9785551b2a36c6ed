using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Changes;

/// <summary>Follows what a save touches to the principals that it changes.</summary>
internal sealed class PrincipalFinder(ControlPlaneContext context, CancellationToken cancel)
{
    public async Task<HashSet<Guid>> FindAsync(TouchedObjects touched)
    {
        var found = new HashSet<Guid>(touched.Principals);
        await AddOwnersAsync(touched, found);
        await AddMembersAsync(touched, found);
        if (touched.ReadersOf.Count > 0)
        {
            await AddReadersAsync(touched.ReadersOf, found);
        }

        return found;
    }

    private async Task AddOwnersAsync(TouchedObjects touched, HashSet<Guid> found)
    {
        if (touched.Sessions.Count > 0)
        {
            found.UnionWith(await context.Sessions.Where(session => touched.Sessions.Contains(session.Id)).Select(session => session.UserId).ToListAsync(cancel));
        }

        if (touched.Tokens.Count > 0)
        {
            found.UnionWith(await context.Tokens.Where(token => touched.Tokens.Contains(token.Id)).Select(token => token.UserId).ToListAsync(cancel));
        }
    }

    private async Task AddMembersAsync(TouchedObjects touched, HashSet<Guid> found)
    {
        var groups = new HashSet<Guid>(touched.MembersOf);
        var inheriting = new HashSet<Guid>(touched.AttributesOf);
        inheriting.UnionWith(await MovedWithAttributesAsync(touched));
        groups.UnionWith(await GroupClosure.BelowAsync(context, inheriting, cancel));
        if (groups.Count > 0)
        {
            found.UnionWith(await context.Memberships.Where(membership => groups.Contains(membership.GroupId)).Select(membership => membership.UserId).ToListAsync(cancel));
        }
    }

    // A group that moves changes its members' principals only if attributes are inherited over it: names and parents are not part of a principal.
    private async Task<IReadOnlyCollection<Guid>> MovedWithAttributesAsync(TouchedObjects touched)
    {
        if (touched.Moved.Count == 0)
        {
            return [];
        }

        // The links as stored, and those about to be.
        var links = context.ChangeTracker.Entries<GroupParent>().Select(entry => entry.Entity.ParentId);
        var around = await GroupClosure.AboveAsync(context, touched.Moved.Concat(links), cancel);
        var attributes = await context.Groups.AsNoTracking().Where(group => around.Contains(group.Id)).Select(group => group.Attributes).ToListAsync(cancel);
        return attributes.Any(value => value.EnumerateObject().Any()) ? touched.Moved : [];
    }

    /// <summary>Everybody whom an outpost that serves one of these providers may read.</summary>
    private async Task AddReadersAsync(HashSet<int> providers, HashSet<Guid> found)
    {
        var shared = await context.OutpostProviders.Where(link => context.OutpostProviders.Any(
            other => other.OutpostId == link.OutpostId && providers.Contains(other.ProviderId))).Select(link => link.ProviderId).ToListAsync(cancel);
        var visible = shared.Union(providers).ToList();
        found.UnionWith(await context.Sessions.Where(session => context.SessionGrants.Any(
            grant => grant.SessionId == session.Id && visible.Contains(grant.ProviderId))).Select(session => session.UserId).ToListAsync(cancel));
        found.UnionWith(await context.Tokens.Where(token => context.TokenGrants.Any(
            grant => grant.TokenId == token.Id && visible.Contains(grant.ProviderId))).Select(token => token.UserId).ToListAsync(cancel));
    }
}
