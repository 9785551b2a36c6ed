using Sidecar.TestKit.Installations;

namespace Sidecar.EndToEnd.Tests.SignIn;

/// <summary>One installation for all tests of a class that do not change it.</summary>
public sealed class SignInSite : IAsyncLifetime
{
    public ProtectedSite Site { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Site = await ProtectedSite.StartAsync();

    public ValueTask DisposeAsync() => Site?.DisposeAsync() ?? ValueTask.CompletedTask;
}
