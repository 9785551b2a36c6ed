using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Server;

namespace Sidecar.ControlPlane.Tests.Server;

public sealed class EmbeddedOutpostProcessTests
{
    [Fact]
    public void The_embedded_outpost_gets_no_secret_of_the_control_plane()
    {
        var environment = new Dictionary<string, string>
        {
            ["AUTHENTIK_SECRET_KEY"] = "a",
            ["AUTHENTIK_POSTGRESQL__PASSWORD"] = "b",
            ["AUTHENTIK_REDIS__PASSWORD"] = "c",
            ["AUTHENTIK_BOOTSTRAP_PASSWORD"] = "d",
            ["AUTHENTIK_BOOTSTRAP_TOKEN"] = "e",
            ["SIDECAR_FIRST_OUTPOST_TOKEN"] = new string('f', 40),
            ["AUTHENTIK_LISTEN__HTTP"] = "127.0.0.1:9000",
            ["PATH"] = "/bin",
        };
        Assert.True(ControlPlaneOptions.TryRead(name => name == "SIDECAR_DATA" ? "/state" : null, out var options, out _));

        var start = EmbeddedOutpostProcess.Describe(options, "/state/control-plane/token", environment);

        Assert.Equal(
            ["AUTHENTIK_LISTEN__HTTP", "AUTHENTIK_TOKEN", "PATH", "SIDECAR_CONTROL_PLANE_SOCKET", "SIDECAR_DATA"], start.Environment.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("file:///state/control-plane/token", start.Environment["AUTHENTIK_TOKEN"]);
        Assert.Equal("/state/control-plane/control-plane.sock", start.Environment["SIDECAR_CONTROL_PLANE_SOCKET"]);
    }
}
