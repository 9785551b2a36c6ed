using System.Net;
using System.Net.Sockets;
using Sidecar.Demo.Command;
using Sidecar.TestKit.Processes;

namespace Sidecar.Demo.Tests.Command;

public sealed class PortChoiceTests
{
    [Fact]
    public void Takes_the_usual_port_when_it_is_free()
    {
        var port = FreePort.Next();

        Assert.Equal(port, PortChoice.Pick("the edge", port));
    }

    [Fact]
    public void Takes_another_port_when_somebody_has_the_usual_one()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        Assert.NotEqual(port, PortChoice.Pick("the edge", port));
    }
}
