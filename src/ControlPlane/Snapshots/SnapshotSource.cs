using Microsoft.EntityFrameworkCore;
using Sidecar.Contracts.Signing;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Brands;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Outposts;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Snapshots;

/// <summary>Everything that snapshots are built from, as it was at one moment.</summary>
internal sealed class SnapshotSource
{
    public required InstallationView Installation { get; init; }

    /// <summary>The newest number whose change is contained.</summary>
    public required long ChangeNumber { get; init; }

    public required IReadOnlyList<Outpost> Outposts { get; init; }

    public required ILookup<Guid, int> ProvidersOf { get; init; }

    /// <summary>Only those with an application.</summary>
    public required IReadOnlyDictionary<int, ProxyProvider> Providers { get; init; }

    public required ILookup<Guid, Binding> BindingsOf { get; init; }

    public required IReadOnlyList<Group> Groups { get; init; }

    public required ILookup<Guid, Guid> ParentsOf { get; init; }

    public required IReadOnlyList<PublicKeyRecord> TicketKeys { get; init; }

    public required Brand? Brand { get; init; }

    public static async Task<SnapshotSource> ReadAsync(ControlPlaneContext context, DateTimeOffset now, CancellationToken cancel)
    {
        await using var read = await context.BeginConsistentReadAsync(cancel);
        return new SnapshotSource
        {
            ChangeNumber = await context.ChangeCounter.Select(counter => counter.Newest).SingleAsync(cancel),
            Installation = await InstallationView.ReadAsync(context, cancel),
            Outposts = await context.Outposts.AsNoTracking().ToListAsync(cancel),
            ProvidersOf = (await context.OutpostProviders.AsNoTracking().ToListAsync(cancel)).ToLookup(link => link.OutpostId, link => link.ProviderId),
            Providers = await context.ProxyProviders.AsNoTracking().Include(provider => provider.Application)
                .Where(provider => provider.Application != null).ToDictionaryAsync(provider => provider.Id, cancel),
            BindingsOf = (await context.Bindings.AsNoTracking().Where(binding => binding.ApplicationId != null).ToListAsync(cancel))
                .ToLookup(binding => binding.ApplicationId!.Value),
            Groups = await context.Groups.AsNoTracking().ToListAsync(cancel),
            ParentsOf = (await context.GroupParents.AsNoTracking().ToListAsync(cancel)).ToLookup(link => link.GroupId, link => link.ParentId),
            TicketKeys = await ReadTicketKeysAsync(context, now, cancel),
            Brand = await context.Brands.AsNoTracking().FirstOrDefaultAsync(brand => brand.IsDefault, cancel),
        };
    }

    private static async Task<IReadOnlyList<PublicKeyRecord>> ReadTicketKeysAsync(ControlPlaneContext context, DateTimeOffset now, CancellationToken cancel)
    {
        var keys = await context.Keys.AsNoTracking().Where(key => key.Purpose == KeyPurpose.Ticket && (key.ExpiresAt == null || key.ExpiresAt > now))
            .Select(key => new { key.CreatedAt, key.PublicKey }).ToListAsync(cancel);
        return [.. keys.OrderBy(key => key.CreatedAt).Select(key => PublicKeys.Publish(key.PublicKey))];
    }
}
