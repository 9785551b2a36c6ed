namespace Sidecar.Outpost.Telemetry;

/// <summary>authentik's label <c>type</c>.</summary>
internal enum RequestKind : byte
{
    App = 0,
    Ping = 1,
}
