using Sidecar.Demo.Edge.Headers;

namespace Sidecar.Demo.Edge.Transport;

/// <summary>The auth server's answer, read whole.</summary>
internal sealed record AuthAnswer(int Status, HeaderLines Headers, ReadOnlyMemory<byte> Body);
