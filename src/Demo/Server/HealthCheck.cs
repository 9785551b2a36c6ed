using Sidecar.Demo.Command;
using Sidecar.Demo.Processes;

namespace Sidecar.Demo.Server;

/// <summary>Waits until a program answers, and explains with its own words when it does not.</summary>
internal static class HealthCheck
{
    public static async Task WaitAsync(Uri address, ChildProcess program, TimeSpan patience, CancellationToken stop)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        using var late = CancellationTokenSource.CreateLinkedTokenSource(stop);
        late.CancelAfter(patience);
        while (!await IsHealthyAsync(client, address, late.Token))
        {
            if (program.HasExited || late.IsCancellationRequested)
            {
                var said = program.LastWords;
                await program.DisposeAsync();
                stop.ThrowIfCancellationRequested();
                throw new DemoException($"{address} does not answer. What the program wrote:\n{said}");
            }

            await Task.WhenAny(program.Exited, Task.Delay(200, late.Token));
        }
    }

    private static async Task<bool> IsHealthyAsync(HttpClient client, Uri address, CancellationToken cancel)
    {
        try
        {
            using var answer = await client.GetAsync(address, cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
