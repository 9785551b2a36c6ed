namespace Sidecar.Outpost.Hosting;

/// <summary>A deployment that cannot work. The message is for the administrator and says what to change.</summary>
internal sealed class OutpostStartException(string message) : Exception(message);
