using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Changes;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Mail;
using Sidecar.ControlPlane.Notifications;

namespace Sidecar.ControlPlane.Storage;

/// <summary>Opens contexts on the one database of this installation.</summary>
internal sealed class Database : IDisposable
{
    public const string FileName = "sidecar.db";

    private readonly Func<ControlPlaneContext> _create;
    private readonly WriteLane _lane = new();

    public Database(ControlPlaneOptions options, ChangeFeed feed, MailSignal mails, EventSignal events)
    {
        Options = options.Database;
        var announcer = new CommitAnnouncer(feed);
        var mailAnnouncer = new MailAnnouncer(mails);
        if (options.Database.PostgresConnection is { } connection)
        {
            var postgres = new DbContextOptionsBuilder<PostgresContext>().UseNpgsql(connection).UseSnakeCaseNamingConvention()
                .AddInterceptors(announcer, mailAnnouncer).Options;
            _create = () => new PostgresContext(postgres) { Events = events };
        }
        else
        {
            var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(options.StateFolder, FileName), ForeignKeys = true };
            var sqlite = new DbContextOptionsBuilder<SqliteContext>().UseSqlite(file.ConnectionString).UseSnakeCaseNamingConvention()
                .AddInterceptors(new SqlitePragmas(), new WriteLaneStatements(), announcer, mailAnnouncer).Options;
            _create = () => new SqliteContext(sqlite) { Lane = _lane, Events = events };
        }
    }

    public DatabaseOptions Options { get; }

    /// <summary>A context of the caller's own; dispose it.</summary>
    public ControlPlaneContext Open() => _create();

    public void Dispose() => _lane.Dispose();
}
