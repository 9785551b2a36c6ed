using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Sidecar.ControlPlane.Storage;

/// <summary>Several queries that see one state of the database. Without it an application could be read with bindings that are not its own any more.</summary>
internal static class ConsistentRead
{
    public static async Task<IDbContextTransaction> BeginConsistentReadAsync(this ControlPlaneContext context, CancellationToken cancel)
    {
        if (context.Database.GetDbConnection() is not SqliteConnection sqlite)
        {
            return await context.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        }

        // Deferred: EF's own would take the write lock, and readers would wait for each other.
        await context.Database.OpenConnectionAsync(cancel);
        return (await context.Database.UseTransactionAsync(sqlite.BeginTransaction(deferred: true), cancel))!;
    }
}
