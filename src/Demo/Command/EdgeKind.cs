namespace Sidecar.Demo.Command;

/// <summary>What stands in front of the services.</summary>
internal enum EdgeKind
{
    BuiltIn,
    Traefik,
    Caddy,
    Nginx,
    Haproxy,
}
