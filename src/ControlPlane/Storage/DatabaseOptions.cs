using Npgsql;
using Sidecar.ControlPlane.Configuration;

namespace Sidecar.ControlPlane.Storage;

/// <summary>
/// Which database.
/// <list type="table">
/// <item><term>AUTHENTIK_POSTGRESQL__HOST</term><description>PostgreSQL, by name, address or the folder of its Unix socket. Default: SQLite in the data folder.</description></item>
/// <item><term>AUTHENTIK_POSTGRESQL__PORT</term><description>Default <c>5432</c>.</description></item>
/// <item><term>AUTHENTIK_POSTGRESQL__NAME</term><description>The database; one that holds authentik's own tables is not touched. Default <c>authentik</c>.</description></item>
/// <item><term>AUTHENTIK_POSTGRESQL__USER</term><description>Default <c>authentik</c>.</description></item>
/// <item><term>AUTHENTIK_POSTGRESQL__PASSWORD</term><description>The user's password.</description></item>
/// <item><term>AUTHENTIK_POSTGRESQL__SSLMODE</term><description><c>disable</c>, <c>allow</c>, <c>prefer</c>, <c>require</c>, <c>verify-ca</c> or <c>verify-full</c>. Default <c>prefer</c>.</description></item>
/// <item><term>AUTHENTIK_POSTGRESQL__SSLROOTCERT</term><description>A PEM file: who may sign the server's certificate.</description></item>
/// <item><term>AUTHENTIK_POSTGRESQL__SSLCERT</term><description>A PEM file: the client's certificate.</description></item>
/// <item><term>AUTHENTIK_POSTGRESQL__SSLKEY</term><description>A PEM file: its private key.</description></item>
/// <item><term>AUTHENTIK_POSTGRESQL__DEFAULT_SCHEMA</term><description>The schema of the tables. Default: PostgreSQL's search path.</description></item>
/// </list>
/// </summary>
internal sealed record DatabaseOptions
{
    /// <summary>Null: SQLite.</summary>
    public string? PostgresConnection { get; init; }

    /// <summary>For messages: host, port and database, no password.</summary>
    public string Name { get; init; } = "SQLite";

    public bool IsPostgres => PostgresConnection is not null;

    public static DatabaseOptions Read(EnvironmentReader reader)
    {
        if (reader.Text("AUTHENTIK_POSTGRESQL__HOST") is not { } host)
        {
            return new DatabaseOptions();
        }

        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Port = reader.Number("AUTHENTIK_POSTGRESQL__PORT", 5432, 1, 65535),
            Database = reader.Text("AUTHENTIK_POSTGRESQL__NAME", "authentik"),
            Username = reader.Text("AUTHENTIK_POSTGRESQL__USER", "authentik"),
            Password = reader.Text("AUTHENTIK_POSTGRESQL__PASSWORD"),
            SslMode = ReadSslMode(reader),
            RootCertificate = reader.Text("AUTHENTIK_POSTGRESQL__SSLROOTCERT"),
            SslCertificate = reader.Text("AUTHENTIK_POSTGRESQL__SSLCERT"),
            SslKey = reader.Text("AUTHENTIK_POSTGRESQL__SSLKEY"),
            SearchPath = reader.Text("AUTHENTIK_POSTGRESQL__DEFAULT_SCHEMA"),
            ApplicationName = "sidecar",
        };
        return new DatabaseOptions
        {
            PostgresConnection = connection.ConnectionString,
            Name = $"PostgreSQL {connection.Host}:{connection.Port}/{connection.Database}",
        };
    }

    private static SslMode ReadSslMode(EnvironmentReader reader)
    {
        switch (reader.Text("AUTHENTIK_POSTGRESQL__SSLMODE", "prefer").ToLowerInvariant())
        {
            case "disable":
                return SslMode.Disable;
            case "allow":
                return SslMode.Allow;
            case "prefer":
                return SslMode.Prefer;
            case "require":
                return SslMode.Require;
            case "verify-ca":
                return SslMode.VerifyCA;
            case "verify-full":
                return SslMode.VerifyFull;
            default:
                reader.Mistake("AUTHENTIK_POSTGRESQL__SSLMODE", "must be disable, allow, prefer, require, verify-ca or verify-full");
                return SslMode.VerifyFull;
        }
    }

    public override string ToString() => Name;
}
