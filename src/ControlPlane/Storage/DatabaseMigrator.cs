using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Server;

namespace Sidecar.ControlPlane.Storage;

/// <summary>Brings the database to this version's schema. EF Core takes a lock in the database, so replicas that start together take turns.</summary>
internal static class DatabaseMigrator
{
    // Tables that each release of authentik has, whatever its version.
    private const string AuthentikTables = """
        SELECT COUNT(*)::int AS "Value" FROM information_schema.tables
        WHERE table_schema = ANY (current_schemas(false)) AND table_name IN ('authentik_core_user', 'authentik_flows_flow', 'django_migrations')
        """;

    public static async Task MigrateAsync(Database database, ControlPlaneContext context, CancellationToken cancel)
    {
        try
        {
            if (database.Options.IsPostgres && await context.Database.CanConnectAsync(cancel))
            {
                await RefuseAuthentikAsync(database, context, cancel);
            }

            if (await IsBehindAsync(database, context, cancel))
            {
                await context.Database.MigrateAsync(cancel);
            }
        }
        catch (DbException error)
        {
            throw new StartRefusedException($"The database ({database.Options.Name}) cannot be opened or brought up to date: {error.Message}");
        }
    }

    // EF Core would go on with a newer one, and this version would write what that did away with. Where nothing is to be done it would still compare its whole
    // model, at each start.
    private static async Task<bool> IsBehindAsync(Database database, ControlPlaneContext context, CancellationToken cancel)
    {
        if (!await context.Database.CanConnectAsync(cancel))
        {
            return true;
        }

        var known = context.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var applied = (await context.Database.GetAppliedMigrationsAsync(cancel)).ToList();
        if (applied.FindLast(migration => !known.Contains(migration)) is { } unknown)
        {
            throw new StartRefusedException(
                $"The database ({database.Options.Name}) was brought up to date by a newer version of Sidecar ({unknown}). Nothing was changed. "
                + "Start that version, or restore the backup that was made before the upgrade.");
        }

        return applied.Count < known.Count;
    }

    private static async Task RefuseAuthentikAsync(Database database, ControlPlaneContext context, CancellationToken cancel)
    {
        if ((await context.Database.SqlQueryRaw<int>(AuthentikTables).ToListAsync(cancel)).Single() > 0)
        {
            throw new StartRefusedException(
                $"The database ({database.Options.Name}) holds tables of authentik. Nothing was changed. Give Sidecar a database of its own: "
                + "create an empty one and name it in AUTHENTIK_POSTGRESQL__NAME. The old database stays as it is for as long as you want to keep it.");
        }
    }
}
