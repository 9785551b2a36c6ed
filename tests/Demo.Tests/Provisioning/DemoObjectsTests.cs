using Sidecar.Demo.Command;
using Sidecar.Demo.Data;
using Sidecar.Demo.Provisioning;

namespace Sidecar.Demo.Tests.Provisioning;

public sealed class DemoObjectsTests : IDisposable
{
    private readonly DemoData _data = DemoData.Open(Directory.CreateTempSubdirectory("sidecar-demo-").FullName);
    private readonly DemoPlaces _places = new(8080, 8081, 9000, 9443, 9300);

    [Fact]
    public async Task A_first_start_makes_the_example_and_puts_it_on_the_outpost()
    {
        await using var fake = await FakeApi.StartAsync();
        using var api = new DemoApi(fake.Address, "token");

        var objects = await DemoObjects.EnsureAsync(api, _places, _data, TestContext.Current.CancellationToken);

        Assert.Equal(42, objects.User);
        Assert.Equal("http://whoami.sidecar.localhost:8080", fake.Object("providers/proxy/")["external_host"]!.GetValue<string>());
        Assert.Equal(objects.Group.ToString(), fake.Object("policies/bindings/")["group"]!.GetValue<string>());
        var outpost = fake.Object("outposts/instances/");
        Assert.Equal([7, 42], outpost["providers"]!.AsArray().Select(item => item!.GetValue<int>()));
        Assert.Equal("http://auth.sidecar.localhost:8080/", outpost["config"]!["authentik_host"]!.GetValue<string>());
        Assert.Equal("info", outpost["config"]!["log_level"]!.GetValue<string>());
        Assert.Contains(fake.Writes, call => call.EndsWith("/add_user/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_start_leaves_the_example_as_people_changed_it_and_only_puts_addresses_right()
    {
        await using var fake = await FakeApi.StartAsync();
        using var api = new DemoApi(fake.Address, "token");
        await DemoObjects.EnsureAsync(api, _places, _data, TestContext.Current.CancellationToken);
        var before = fake.Writes.Count;

        await DemoObjects.EnsureAsync(api, _places with { EdgePort = 8090 }, _data, TestContext.Current.CancellationToken);

        Assert.All(fake.Writes.Skip(before), call => Assert.StartsWith("PATCH", call, StringComparison.Ordinal));
        Assert.Equal("http://whoami.sidecar.localhost:8090", fake.Object("providers/proxy/")["external_host"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_refusal_is_told_with_the_servers_own_words()
    {
        await using var fake = await FakeApi.StartAsync();
        using var api = new DemoApi(fake.Address, "wrong");

        var problem = await Assert.ThrowsAsync<DemoException>(() => DemoObjects.EnsureAsync(api, _places, _data, TestContext.Current.CancellationToken));

        Assert.Contains("Token invalid/expired", problem.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_data.Root, recursive: true);
}
