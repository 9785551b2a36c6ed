namespace Sidecar.Demo.Edge.Transport;

/// <summary>One way to an auth server: HTTP/1.1 in the clear, or whatever TLS agrees on.</summary>
internal interface IAuthTransport : IDisposable
{
    Task<AuthAnswer> SendAsync(AuthRequest request, long? maxBody, CancellationToken cancel);
}
