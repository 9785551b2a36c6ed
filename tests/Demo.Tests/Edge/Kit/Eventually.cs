namespace Sidecar.Demo.Tests.Edge.Kit;

internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            await Task.Delay(20, late.Token);
        }
    }
}
