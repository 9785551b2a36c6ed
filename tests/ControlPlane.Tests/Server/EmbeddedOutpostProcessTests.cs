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
            ["SIDECAR_IDENTITY_HEADERS"] = "ignore",
            ["PATH"] = "/bin",
        };
        Assert.True(ControlPlaneOptions.TryRead(name => name == "SIDECAR_DATA" ? "/state" : null, out var options, out _));

        var start = EmbeddedOutpostProcess.Describe(options, "/state/control-plane/token", environment);

        Assert.Equal(
            ["AUTHENTIK_LISTEN__HTTP", "AUTHENTIK_LISTEN__HTTPS", "AUTHENTIK_LISTEN__METRICS", "AUTHENTIK_TOKEN", "PATH", "SIDECAR_CONTROL_PLANE_SOCKET", "SIDECAR_DATA",
                "SIDECAR_IDENTITY_HEADERS"],
            start.Environment.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("file:///state/control-plane/token", start.Environment["AUTHENTIK_TOKEN"]);
        Assert.Equal("/state/control-plane/control-plane.sock", start.Environment["SIDECAR_CONTROL_PLANE_SOCKET"]);
    }

    [Fact]
    public void What_a_setting_points_at_reaches_the_embedded_outpost_as_it_stands_there()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "localhost:9444\n");
        var environment = new Dictionary<string, string>
        {
            ["SIDECAR_DATA"] = "/state",
            ["AUTHENTIK_LISTEN__HTTP"] = "env://WEB",
            ["AUTHENTIK_LISTEN__HTTPS"] = $"file://{file}",
            ["AUTHENTIK_LISTEN__METRICS"] = "env://NOT_SET?[::1]:9301",
            ["AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS"] = "env://PROXIES",
            ["AUTHENTIK_LOG_LEVEL"] = "env://NOT_SET_EITHER",
            ["WEB"] = "127.0.0.1:9080",
            ["PROXIES"] = "10.1.0.0/16",
        };
        Assert.True(
            ControlPlaneOptions.TryRead(name => name == "AUTHENTIK_LOG_LEVEL" ? null : environment.GetValueOrDefault(name), out var options, out var problem), problem);

        var start = EmbeddedOutpostProcess.Describe(options, "/state/control-plane/token", environment);

        Assert.Equal("127.0.0.1:9080", start.Environment["AUTHENTIK_LISTEN__HTTP"]);
        Assert.Equal("127.0.0.1:9444", start.Environment["AUTHENTIK_LISTEN__HTTPS"]);
        Assert.Equal("[::1]:9301", start.Environment["AUTHENTIK_LISTEN__METRICS"]);
        Assert.Equal("10.1.0.0/16", start.Environment["AUTHENTIK_LISTEN__TRUSTED_PROXY_CIDRS"]);
        Assert.Equal("env://NOT_SET_EITHER", start.Environment["AUTHENTIK_LOG_LEVEL"]);
        Assert.False(start.Environment.ContainsKey("WEB"));
        File.Delete(file);
    }

    [Theory]
    [InlineData("AUTHENTIK_LISTEN__HTTPS")]
    [InlineData("AUTHENTIK_LISTEN__METRICS")]
    public void An_address_that_the_embedded_outpost_could_not_listen_on_stops_the_start(string name)
    {
        Assert.False(ControlPlaneOptions.TryRead(asked => asked == name ? "somewhere" : null, out _, out var problem));

        Assert.Contains(name, problem, StringComparison.Ordinal);
    }
}
