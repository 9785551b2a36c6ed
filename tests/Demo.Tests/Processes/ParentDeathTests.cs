using Sidecar.Demo.Processes;
using Sidecar.Demo.Tests.Edge.Kit;
using Sidecar.TestKit.Processes;

namespace Sidecar.Demo.Tests.Processes;

public sealed class ParentDeathTests
{
    private static readonly string DemoProgram = Path.Combine(AppContext.BaseDirectory, "Sidecar.Demo.dll");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_program_that_the_demo_started_ends_with_the_demo_however_it_ends(bool killed)
    {
        var demo = await ServerProcess.StartAsync(
            new ChildCommand("dotnet", DemoProgram, "supervise", "/bin/sh", "-c", "echo pid $$; exec sleep 600"), Ready.WhenSaid("pid "));
        var child = Alive.PidIn(demo.Output);
        Assert.True(Alive.Has(child));

        await (killed ? demo.KillAsync() : demo.StopAsync());

        await Eventually.TrueAsync(() => !Alive.Has(child));
        Assert.Equal(killed ? 137 : 0, await demo.Exited);
        await demo.DisposeAsync();
    }
}
