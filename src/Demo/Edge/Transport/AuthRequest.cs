using Sidecar.Demo.Edge.Headers;

namespace Sidecar.Demo.Edge.Transport;

/// <summary>A question to the auth server, ready to be written.</summary>
internal sealed record AuthRequest(string Method, string Address, HeaderLines Headers, ReadOnlyMemory<byte> Body);
