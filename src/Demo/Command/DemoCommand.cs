using Sidecar.Demo.Processes;

namespace Sidecar.Demo.Command;

/// <summary>The demo from its command line to its exit code.</summary>
internal static class DemoCommand
{
    public static async Task<int> RunAsync(string[] words)
    {
        using var signals = new StopSignals();
        try
        {
            if (words is ["supervise", var program, .. var rest])
            {
                return await SuperviseAsync(new ChildCommand(program, rest) { OnLine = Console.WriteLine }, signals.Token);
            }

            var arguments = DemoArguments.Parse(words);
            if (arguments.ShowHelp)
            {
                Console.WriteLine(DemoArguments.Help);
                return 0;
            }

            await Demo.RunAsync(arguments, signals.Token);
            return 0;
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            Console.WriteLine("Stopped.");
            return 0;
        }
        catch (Exception problem) when (problem is DemoException or Edge.EdgeConfigurationException)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 1;
        }
    }

    // One program, started as the demo starts its own: a test ends this process the hard way and looks whether the other is gone.
    private static async Task<int> SuperviseAsync(ChildCommand command, CancellationToken stop)
    {
        await using var child = await ChildProcess.StartAsync(command);
        return await child.Exited.WaitAsync(stop);
    }
}
