namespace Sidecar.ControlPlane.Outposts;

internal enum OutpostType : byte
{
    Proxy = 0,
}
