using Sidecar.Demo.Processes;
using Sidecar.TestKit.Processes;

namespace Sidecar.Demo.Tests.Processes;

public sealed class ChildProcessTests
{
    [Fact]
    public async Task Keeps_what_the_program_wrote_to_both_outputs()
    {
        await using var server = await ServerProcess.StartAsync(
            new ChildCommand("/bin/sh", "-c", "echo out; echo err >&2; exit 3"), Ready.WhenEnded());

        Assert.Equal(3, await server.Exited);
        Assert.Contains("out", server.Output, StringComparison.Ordinal);
        Assert.Contains("err", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_the_program_its_environment_and_folder()
    {
        var command = new ChildCommand("/bin/sh", "-c", "echo $GREETING in $PWD")
        {
            Environment = new Dictionary<string, string?> { ["GREETING"] = "hello" },
            WorkingDirectory = "/tmp",
        };

        await using var server = await ServerProcess.StartAsync(command, Ready.WhenEnded());

        Assert.Equal("hello in /tmp", server.Output);
    }

    [Fact]
    public async Task Names_the_output_when_the_program_ends_before_it_is_ready()
    {
        var problem = await Assert.ThrowsAsync<ServerProcessException>(() =>
            ServerProcess.StartAsync(new ChildCommand("/bin/sh", "-c", "echo no luck; exit 1"), Ready.WhenListening(FreePort.Next())));

        Assert.Contains("no luck", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_a_program_that_is_not_ready_by_the_deadline()
    {
        var problem = await Assert.ThrowsAsync<ServerProcessException>(() => ServerProcess.StartAsync(
            new ChildCommand("/bin/sh", "-c", "echo pid $$; sleep 600"), Ready.WhenListening(FreePort.Next()), TimeSpan.FromSeconds(1)));

        Assert.False(Alive.Has(Alive.PidIn(problem.Message)));
    }

    [Fact]
    public async Task Stops_a_program_that_ignores_the_request_to_end()
    {
        var command = new ChildCommand("/bin/sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.1; done")
        {
            Grace = TimeSpan.FromMilliseconds(200),
        };
        var server = await ServerProcess.StartAsync(command, Ready.WhenSaid("ready"));

        await server.DisposeAsync();

        Assert.True(server.HasExited);
    }

    [Fact]
    public async Task Lets_a_program_end_in_its_own_way_when_asked()
    {
        var command = new ChildCommand("/bin/sh", "-c", "trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.1; done");
        await using var server = await ServerProcess.StartAsync(command, Ready.WhenSaid("ready"));

        await server.StopAsync();

        Assert.Equal(0, await server.Exited);
        Assert.EndsWith("bye", server.Output, StringComparison.Ordinal);
    }
}
