namespace Sidecar.Demo.Processes;

internal enum ProcessSignal
{
    Kill = 9,
    Terminate = 15,
}
