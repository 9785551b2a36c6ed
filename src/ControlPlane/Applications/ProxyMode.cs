namespace Sidecar.ControlPlane.Applications;

/// <summary>authentik's modes of a proxy provider.</summary>
internal enum ProxyMode : byte
{
    ForwardSingle = 0,
    ForwardDomain = 1,

    /// <summary>Known by name only, so that an API client is told that it is not offered.</summary>
    Proxy = 2,
}
