namespace Sidecar.ControlPlane.Flows.Runs;

internal enum RunState : byte
{
    Open = 0,
    Completed = 1,
    Denied = 2,

    /// <summary>A stage sent the browser elsewhere before the end.</summary>
    Left = 3,
}
