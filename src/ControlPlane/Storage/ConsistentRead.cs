using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Sidecar.ControlPlane.Storage;

/// <summary>Several queries that see one state of the database. Without it an application could be read with bindings that are not its own any more.</summary>
internal static class ConsistentRead
{
    public static async Task<IAsyncDisposable> BeginConsistentReadAsync(this ControlPlaneContext context, CancellationToken cancel)
    {
        if (context.Database.GetDbConnection() is not SqliteConnection sqlite)
        {
            return await context.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        }

        // Deferred: EF's own would take the write lock, and readers would wait for each other.
        await context.Database.OpenConnectionAsync(cancel);
        var begun = sqlite.BeginTransaction(deferred: true);
        return new LentTransaction(context.Database, begun, (await context.Database.UseTransactionAsync(begun, cancel))!);
    }

    // EF lets go of a transaction that it was lent, and ends neither it nor the connection that was opened for it.
    private sealed class LentTransaction(DatabaseFacade database, SqliteTransaction begun, IDbContextTransaction lent) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await lent.DisposeAsync();
            await begun.DisposeAsync();
            await database.CloseConnectionAsync();
        }
    }
}
