using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Directory.Names;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Bootstrap;

/// <summary>Makes the installation and the objects that existing deployments refer to, once. What an administrator deletes later stays deleted.</summary>
internal sealed class Seeder(ControlPlaneContext context, ControlPlaneOptions options, KeyWrap wrap, TimeProvider time)
{
    // Long enough to finish the compose file's start, short enough that a forgotten server is not taken over next week.
    private static readonly TimeSpan OpenSetUp = TimeSpan.FromMinutes(60);

    public async Task SeedAsync(CancellationToken cancel)
    {
        await using var write = await context.BeginWriteAsync(cancel);

        // Replicas that start together wait here for the first one, and then find its work.
        await ChangeRecorder.LockAsync(context, cancel);
        var installation = await context.Installations.SingleOrDefaultAsync(cancel);
        if (installation is not { Seeded: true })
        {
            installation = Seed(installation);
        }

        // The administrator may move the address later; what the environment says, stands.
        installation.PublicAddress = options.PublicUrl ?? installation.PublicAddress;
        await context.SaveChangesAsync(cancel);
        await write.CommitAsync(cancel);
    }

    private Installation Seed(Installation? installation)
    {
        var now = time.GetUtcNow();
        installation ??= context.Installations.Add(NewInstallation(now)).Entity;
        var flows = DefaultFlows.Add(context);
        DefaultBrand.Add(context, flows);
        var akadmin = DefaultPeople.Add(context, options.Bootstrap, wrap, now);
        DefaultNotifications.Add(context, context.Groups.Local.Single(group => group.Name == DefaultPeople.AdministratorsGroup));
        DefaultOutpost.Add(context, options.Bootstrap, wrap, now);
        if (akadmin.PasswordHash is not null)
        {
            installation.SetUpCompletedAt = now;
        }

        installation.Seeded = true;
        return installation;
    }

    private static Installation NewInstallation(DateTimeOffset now) => new()
    {
        Epoch = RestoredDatabase.NewEpoch(),
        CreatedAt = now,
        SetUpOpenUntil = now + OpenSetUp,
        NameKeyVersion = LookupKey.Version,
    };
}
