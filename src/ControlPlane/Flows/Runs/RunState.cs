namespace Sidecar.ControlPlane.Flows.Runs;

internal enum RunState : byte
{
    Open = 0,
    Completed = 1,
    Denied = 2,
}
