using Sidecar.Demo.Command;
using Sidecar.Demo.Edges;

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
    [InlineData("caddy")]
    [InlineData("haproxy")]
    [InlineData("nginx")]
    public void A_proxy_that_is_not_on_the_machine_is_named_with_its_package(string name)
    {
        var edge = DemoArguments.Parse(["--edge", name]).Edge;

        Assert.Contains($"no {name} on the PATH; it is in Debian's package {name}", EdgePrograms.Missing(edge).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--edge")]
    [InlineData("--port")]
    [InlineData("--data")]
    [InlineData("--no-build")]
    public void Help_explains_each_option(string option) => Assert.Contains(option, DemoArguments.Help, StringComparison.Ordinal);
}
