using Microsoft.EntityFrameworkCore;

namespace Sidecar.ControlPlane.Storage;

/// <summary>Brings the database to this version's schema.</summary>
internal static class DatabaseMigrator
{
    public static async Task MigrateAsync(ControlPlaneContext context, CancellationToken cancel) => await context.Database.MigrateAsync(cancel);
}
