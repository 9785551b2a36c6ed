using Sidecar.Outpost.Hosting;

namespace Sidecar.Outpost.Tests.Hosting;

public sealed class HeapTrimTests
{
    [Theory]
    [InlineData(5, 5, false)]
    [InlineData(12, 5, false)]
    [InlineData(13, 5, true)]
    [InlineData(44, 30, false)]
    [InlineData(45, 30, true)]
    [InlineData(256, 5, true)]
    [InlineData(257, 5, false)]
    [InlineData(96, 64, true)]
    [InlineData(98, 65, false)]
    public void Requests_are_made_to_wait_only_for_a_small_heap_that_holds_much_that_is_over(long heldMB, long keptMB, bool worthIt) =>
        Assert.Equal(worthIt, HeapTrim.IsWorthIt(heldMB * 1024 * 1024, keptMB * 1024 * 1024));
}
