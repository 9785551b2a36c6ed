using Sidecar.ControlPlane.Configuration;
using StackExchange.Redis;

namespace Sidecar.ControlPlane.Changes;

/// <summary>
/// Where change numbers are announced to other replicas.
/// <list type="table">
/// <item><term>AUTHENTIK_REDIS__HOST</term><description>A Redis that all control planes share. Default: none; they ask the database once a second.</description></item>
/// <item><term>AUTHENTIK_REDIS__PORT</term><description>Default <c>6379</c>.</description></item>
/// <item><term>AUTHENTIK_REDIS__USERNAME</term><description>Of Redis' access lists.</description></item>
/// <item><term>AUTHENTIK_REDIS__PASSWORD</term><description>The user's, or the one that Redis requires of all.</description></item>
/// <item><term>AUTHENTIK_REDIS__DB</term><description>From 0 to 15. Default <c>0</c>.</description></item>
/// <item><term>AUTHENTIK_REDIS__TLS</term><description>Default <c>false</c>.</description></item>
/// </list>
/// </summary>
internal sealed record RedisOptions
{
    public required ConfigurationOptions Connection { get; init; }

    public static RedisOptions? Read(EnvironmentReader reader)
    {
        if (reader.Text("AUTHENTIK_REDIS__HOST") is not { } host)
        {
            return null;
        }

        var connection = new ConfigurationOptions
        {
            // A Redis that is away must not keep the control plane from starting: polling does its work meanwhile.
            AbortOnConnectFail = false,
            ConnectTimeout = 2000,
            AsyncTimeout = 2000,
            BacklogPolicy = BacklogPolicy.FailFast,
            ClientName = "sidecar",
            DefaultDatabase = reader.Number("AUTHENTIK_REDIS__DB", 0, 0, 15),
            User = reader.Text("AUTHENTIK_REDIS__USERNAME"),
            Password = reader.Text("AUTHENTIK_REDIS__PASSWORD"),
            Ssl = reader.Flag("AUTHENTIK_REDIS__TLS", fallback: false),
        };
        connection.EndPoints.Add(host, reader.Number("AUTHENTIK_REDIS__PORT", 6379, 1, 65535));
        return new RedisOptions { Connection = connection };
    }

    public override string ToString() => "Redis";
}
