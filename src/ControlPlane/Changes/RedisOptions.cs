using Sidecar.ControlPlane.Configuration;
using StackExchange.Redis;

namespace Sidecar.ControlPlane.Changes;

/// <summary>Where change numbers are announced to other replicas. Without Redis they poll.</summary>
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
