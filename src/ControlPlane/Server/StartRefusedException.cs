namespace Sidecar.ControlPlane.Server;

/// <summary>The deployment is broken in a way that the administrator must mend: the message says what and how, and the program ends.</summary>
internal sealed class StartRefusedException(string message) : Exception(message);
