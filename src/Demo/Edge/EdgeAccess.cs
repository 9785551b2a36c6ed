namespace Sidecar.Demo.Edge;

/// <summary>A line of the access log.</summary>
public sealed record EdgeAccess(string Method, string Host, string Target, int Status, string? Router, string? ClientUsername);
