namespace Sidecar.ControlPlane.Tests.OpenId;

/// <summary>One listening control plane for the tests of a class.</summary>
public sealed class OpenIdFixture : IAsyncLifetime
{
    private OpenIdPlane? _plane;

    internal OpenIdPlane Plane => _plane!;

    public async ValueTask InitializeAsync() => _plane = await OpenIdPlane.StartAsync();

    public ValueTask DisposeAsync() => Plane.DisposeAsync();
}
