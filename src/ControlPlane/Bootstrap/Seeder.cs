using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Configuration;
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
        var installation = await context.Installations.SingleOrDefaultAsync(cancel);
        if (installation is { Seeded: true })
        {
            return;
        }

        var now = time.GetUtcNow();
        installation ??= context.Installations.Add(NewInstallation(now)).Entity;
        var flows = DefaultFlows.Add(context);
        DefaultBrand.Add(context, flows);
        var akadmin = DefaultPeople.Add(context, options.Bootstrap, wrap, now);
        DefaultOutpost.Add(context, options.Bootstrap, wrap, now);
        if (akadmin.PasswordHash is not null)
        {
            installation.SetUpCompletedAt = now;
        }

        installation.Seeded = true;
        await context.SaveChangesAsync(cancel);
    }

    private static Installation NewInstallation(DateTimeOffset now) => new()
    {
        Epoch = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
        CreatedAt = now,
        SetUpOpenUntil = now + OpenSetUp,
    };
}
