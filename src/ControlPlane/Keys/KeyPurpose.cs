namespace Sidecar.ControlPlane.Keys;

/// <summary>What a key signs. One key, one purpose.</summary>
internal enum KeyPurpose : byte
{
    Snapshot = 0,
    Ticket = 1,
    OpenId = 2,
}
