namespace Sidecar.ControlPlane.Tests.Support;

internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Waits until it holds; fails with the sentence when it never does.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string sentence)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Deadline, "never came true: " + sentence);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
