using Sidecar.ControlPlane.Applications;

namespace Sidecar.ControlPlane.Tests.Applications;

public sealed class DurationTests
{
    [Theory]
    [InlineData("hours=24", 86_400)]
    [InlineData("days=1;minutes=30", 88_200)]
    [InlineData("weeks=4", 2_419_200)]
    [InlineData("seconds=0", 0)]
    [InlineData("", 0)]
    public void Reads_spans_as_authentik_writes_them(string text, int seconds) => Assert.Equal(seconds, Duration.TryParse(text)!.Value.TotalSeconds);

    [Theory]
    [InlineData("24")]
    [InlineData("hours")]
    [InlineData("hours=x")]
    [InlineData("hours=-1")]
    [InlineData("fortnights=1")]
    [InlineData("weeks=1e30")]
    [InlineData("weeks=999999999")]
    public void What_is_no_span_is_none(string text) => Assert.Null(Duration.TryParse(text));
}
