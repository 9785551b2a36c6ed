namespace Sidecar.Outpost.ForwardAuth.Dialects;

/// <summary>Who asks, and so how the question is read and what may be answered.</summary>
internal enum Dialect : byte
{
    // Direct is zero: not a check at all, so nothing that is answered to it can let a request through.
    Direct = 0,
    Traefik,
    Caddy,
    Nginx,
    Envoy,
}
