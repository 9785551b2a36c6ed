using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sidecar.ControlPlane.Storage;

/// <summary>What each SQLite connection needs: readers that do not wait for the writer, and writers that wait for each other.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    // synchronous stays FULL: a commit lost with the power would be a revocation that outposts have already seen.
    private const string Waiting = "PRAGMA busy_timeout=10000;";
    private const string Journal = "PRAGMA journal_mode=WAL;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = PragmasFor(connection);
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = PragmasFor(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // EF Core looks whether a database is there by a connection that may not write; a copy made by VACUUM INTO is not in WAL mode yet.
    private static string PragmasFor(DbConnection connection) =>
        new SqliteConnectionStringBuilder(connection.ConnectionString).Mode == SqliteOpenMode.ReadOnly ? Waiting : Waiting + Journal;
}
