using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Brands;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Sessions;
using Sidecar.ControlPlane.Snapshots;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tokens;

namespace Sidecar.ControlPlane.Changes;

/// <summary>Which of the entities about to be saved an outpost must hear of. One place, so that no feature can forget to tell.</summary>
internal static class ChangeDetector
{
    public static TouchedObjects Detect(ControlPlaneContext context)
    {
        var touched = new TouchedObjects();
        foreach (var entry in context.ChangeTracker.Entries().Where(IsChanged))
        {
            Detect(entry, touched);
        }

        return touched;
    }

    private static bool IsChanged(EntityEntry entry) => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted;

    private static void Detect(EntityEntry entry, TouchedObjects touched)
    {
        switch (entry.Entity)
        {
            case User user:
                OnUser(entry, user, touched);
                break;
            case Membership membership:
                touched.Principals.Add(membership.UserId);
                break;
            case Session session when entry.State != EntityState.Modified:
                touched.Principals.Add(session.UserId);
                break;
            case SessionGrant grant:
                touched.Sessions.Add(grant.SessionId);
                break;
            case Token token:
                OnToken(entry, token, touched);
                break;
            case TokenGrant grant:
                touched.Tokens.Add(grant.TokenId);
                break;
            case Group group:
                OnGroup(entry, group, touched);
                break;
            case GroupParent link:
                touched.Model = true;
                touched.Moved.Add(link.GroupId);
                break;
            case ProxyProvider provider:
                OnProvider(entry, provider, touched);
                break;
            case OutpostProvider link:
                touched.Model = true;
                touched.Secrets = true;
                touched.ReadersOf.Add(link.ProviderId);
                break;
            case Outpost outpost:
                touched.Model = true;
                if (entry.State == EntityState.Deleted)
                {
                    touched.DeletedOutposts[outpost.Id] = outpost.ServiceAccountId;
                }

                break;
            case StoredSnapshot snapshot when entry.State == EntityState.Added:
                touched.Snapshots.Add((snapshot.OutpostId, snapshot.Revision));
                break;
            case Application or Binding or Brand or KeyRecord:
            case Installation when entry.State != EntityState.Modified || AnyModified(entry, nameof(Installation.PublicAddress), nameof(Installation.Epoch)):
                touched.Model = true;
                break;
        }
    }

    private static void OnUser(EntityEntry entry, User user, TouchedObjects touched)
    {
        touched.NewUsers |= entry.State == EntityState.Added;

        // A binding may name the user who goes.
        touched.Model |= entry.State == EntityState.Deleted;
        if (entry.State != EntityState.Modified || AnyModified(
            entry, nameof(User.Username), nameof(User.Name), nameof(User.Email), nameof(User.IsActive), nameof(User.Attributes), nameof(User.Uid), nameof(User.Type)))
        {
            touched.Principals.Add(user.Id);
        }
    }

    private static void OnToken(EntityEntry entry, Token token, TouchedObjects touched)
    {
        if (entry.State == EntityState.Modified
            && !AnyModified(entry, nameof(Token.Hash), nameof(Token.Intent), nameof(Token.Expiring), nameof(Token.ExpiresAt)))
        {
            return;
        }

        touched.Principals.Add(token.UserId);
        if (entry.State == EntityState.Deleted || AnyModified(entry, nameof(Token.Hash), nameof(Token.Intent)))
        {
            touched.WithdrawnTokens.Add(((byte[])entry.OriginalValues[nameof(Token.Hash)]!, token.UserId));
        }
    }

    private static void OnGroup(EntityEntry entry, Group group, TouchedObjects touched)
    {
        touched.Model = true;
        if (entry.State == EntityState.Deleted)
        {
            touched.MembersOf.Add(group.Id);
            touched.Moved.Add(group.Id);
        }
        else if (entry.State == EntityState.Modified && AnyModified(entry, nameof(Group.Attributes)))
        {
            touched.AttributesOf.Add(group.Id);
        }
    }

    private static void OnProvider(EntityEntry entry, ProxyProvider provider, TouchedObjects touched)
    {
        touched.Model = true;
        touched.Secrets |= entry.State != EntityState.Modified || AnyModified(
            entry,
            nameof(ProxyProvider.ClientId),
            nameof(ProxyProvider.ClientSecretWrapped),
            nameof(ProxyProvider.SealingKeyWrapped),
            nameof(ProxyProvider.PreviousSealingKeyWrapped));
        if (entry.State == EntityState.Modified && AnyModified(
            entry,
            nameof(ProxyProvider.BasicAuthEnabled),
            nameof(ProxyProvider.BasicAuthUserAttribute),
            nameof(ProxyProvider.BasicAuthPasswordAttribute)))
        {
            touched.ReadersOf.Add(provider.Id);
        }
    }

    private static bool AnyModified(EntityEntry entry, params ReadOnlySpan<string> properties)
    {
        foreach (var property in properties)
        {
            if (entry.State == EntityState.Modified && entry.Property(property).IsModified)
            {
                return true;
            }
        }

        return false;
    }
}
