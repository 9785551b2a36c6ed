using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Keys;

/// <summary><c>AUTHENTIK_SECRET_KEY</c>: wraps the keys in the database and does nothing else; at least 32 characters, the same in every replica. On SQLite one is made and kept when it is absent.</summary>
internal sealed record SecretKeyOptions
{
    public const string Variable = "AUTHENTIK_SECRET_KEY";

    /// <summary>Null on SQLite: generated and kept in the data folder.</summary>
    public string? Value { get; init; }

    /// <summary>Why everybody who reads the internet, or a computer, could guess it.</summary>
    public string? Weakness => Value switch
    {
        null => null,
        "authentiksupersecretkey" => "is the value printed in a public article",
        { Length: < 32 } => "is shorter than 32 characters",
        _ => null,
    };

    public static SecretKeyOptions Read(EnvironmentReader reader, DatabaseOptions database)
    {
        var value = reader.Text(Variable);
        if (value is null && database.IsPostgres)
        {
            reader.Mistake(
                Variable, "must be set with PostgreSQL: it wraps the keys in the database, and every replica needs the same. Make one with: openssl rand -base64 48");
        }

        return new SecretKeyOptions { Value = value };
    }

    public override string ToString() => Variable;
}
