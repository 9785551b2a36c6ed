namespace Sidecar.Demo.Edge;

/// <summary>A rule, label or option that the chosen Traefik release would not accept.</summary>
public sealed class EdgeConfigurationException(string problem) : Exception(problem);
