using Sidecar.Demo.Command;

namespace Sidecar.Demo.Tests.Command;

public sealed class DemoArgumentsTests
{
    [Fact]
    public void Reads_every_option()
    {
        var arguments = DemoArguments.Parse(["--edge", "caddy", "--port", "8443", "--data", "/tmp/x", "--no-build"]);

        Assert.Equal(new DemoArguments { Edge = EdgeKind.Caddy, Port = 8443, Data = "/tmp/x", Build = false }, arguments);
    }

    [Theory]
    [InlineData("--edge")]
    [InlineData("--edge", "apache")]
    [InlineData("--port", "0")]
    [InlineData("--port", "many")]
    [InlineData("--verbose")]
    public void Names_what_it_cannot_read(params string[] words)
    {
        var problem = Assert.Throws<DemoException>(() => DemoArguments.Parse(words));

        Assert.Contains(words[^1].TrimStart('-'), problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--edge")]
    [InlineData("--port")]
    [InlineData("--data")]
    [InlineData("--no-build")]
    public void Help_explains_each_option(string option) => Assert.Contains(option, DemoArguments.Help, StringComparison.Ordinal);
}
