using System.Net;
using Sidecar.Demo.Processes;
using Sidecar.TestKit.Browsers;

namespace Sidecar.Demo.Tests.Command;

/// <summary>The whole demo with a real proxy as its edge, up to the service's page.</summary>
[Trait("Kind", "Slow")]
[Collection(nameof(RunningDemo))]
public sealed class DemoBehindProxyTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("sidecar-demo-").FullName;

    [Theory]
    [InlineData("caddy")]
    [InlineData("haproxy")]
    [InlineData("nginx")]
    public async Task A_newcomer_signs_in_and_sees_the_service(string edge)
    {
        Assert.SkipWhen(PathSearch.Find(edge) is null, $"no {edge} on this machine");
        await using var demo = await RunningDemo.StartAsync(_data, "--edge", edge);
        using var browser = new Browser();

        var form = await browser.NavigateAsync(demo.Service);
        var page = await browser.SignInAsync(form, "ana", demo.UserPassword);
        if (page.Status == HttpStatusCode.ServiceUnavailable)
        {
            // On a machine that is too busy to redeem the code in time, the page says so and a person tries again.
            page = await browser.NavigateAsync(demo.Service);
        }

        Assert.True(page.Status == HttpStatusCode.OK && page.Address == demo.Service, page.ToString());
        Assert.Contains("You are <b>ana</b>", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, await demo.StopAsync());
    }

    public void Dispose() => Directory.Delete(_data, recursive: true);
}
