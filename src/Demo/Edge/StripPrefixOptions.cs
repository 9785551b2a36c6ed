namespace Sidecar.Demo.Edge;

/// <summary>stripPrefix: the service behind sees the path without the first prefix that fits, and the prefix in X-Forwarded-Prefix.</summary>
public sealed record StripPrefixOptions(string Name, params IReadOnlyList<string> Prefixes) : EdgeMiddlewareOptions(Name);
