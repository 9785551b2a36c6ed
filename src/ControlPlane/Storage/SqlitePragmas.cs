using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sidecar.ControlPlane.Storage;

/// <summary>What each SQLite connection needs: readers that do not wait for the writer, and writers that wait for each other.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    // synchronous stays FULL: a commit lost with the power would be a revocation that outposts have already seen.
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA busy_timeout=10000;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
