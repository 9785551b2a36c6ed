using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Configuration;

namespace Sidecar.ControlPlane.Storage;

/// <summary>Opens contexts on the one database of this installation.</summary>
internal sealed class Database
{
    private const string FileName = "sidecar.db";

    private readonly Func<ControlPlaneContext> _create;

    public Database(ControlPlaneOptions options)
    {
        Options = options.Database;
        if (options.Database.PostgresConnection is { } connection)
        {
            var postgres = new DbContextOptionsBuilder<PostgresContext>().UseNpgsql(connection).UseSnakeCaseNamingConvention().Options;
            _create = () => new PostgresContext(postgres);
        }
        else
        {
            var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(options.StateFolder, FileName), ForeignKeys = true };
            var sqlite = new DbContextOptionsBuilder<SqliteContext>().UseSqlite(file.ConnectionString).UseSnakeCaseNamingConvention()
                .AddInterceptors(new SqlitePragmas()).Options;
            _create = () => new SqliteContext(sqlite);
        }
    }

    public DatabaseOptions Options { get; }

    /// <summary>A context of the caller's own; dispose it.</summary>
    public ControlPlaneContext Open() => _create();
}
