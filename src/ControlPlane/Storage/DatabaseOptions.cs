using Npgsql;
using Sidecar.ControlPlane.Configuration;

namespace Sidecar.ControlPlane.Storage;

/// <summary>Which database. PostgreSQL when <c>AUTHENTIK_POSTGRESQL__HOST</c> is set, else SQLite in the data folder.</summary>
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
