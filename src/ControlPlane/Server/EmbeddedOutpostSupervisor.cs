using System.Collections;
using System.ComponentModel;
using System.Diagnostics;
using Sidecar.ControlPlane.Configuration;

namespace Sidecar.ControlPlane.Server;

/// <summary>Starts the embedded outpost and starts it again when it ends.</summary>
internal sealed class EmbeddedOutpostSupervisor(
    ControlPlaneOptions options, EmbeddedOutpostToken token, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<EmbeddedOutpostSupervisor> log)
    : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Whoever ran this long was well: the next pause is short again.</summary>
    private static readonly TimeSpan Healthy = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        var pause = FirstPause;
        while (!stoppingToken.IsCancellationRequested)
        {
            var begun = time.GetTimestamp();
            if (await RunOnceAsync(stoppingToken) is { } code && !stoppingToken.IsCancellationRequested)
            {
                pause = time.GetElapsedTime(begun) > Healthy ? FirstPause : pause;
                log.OutpostEnded(code, pause);
            }

            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    // The socket must be there: the outpost asks at once.
    private async Task StartedAsync(CancellationToken cancel)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancel);
    }

    /// <summary>Its exit code; null when it could not be started.</summary>
    private async Task<int?> RunOnceAsync(CancellationToken cancel)
    {
        if (await token.WriteAsync(options.StateFolder, cancel) is not { } file)
        {
            log.NoOutpostToken();
            return null;
        }

        try
        {
            using var process = Process.Start(EmbeddedOutpostProcess.Describe(options, file, Variables()))!;
            log.OutpostStarted(process.Id);
            await process.WaitForExitAsync(cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await EndAsync(process);
            return process.ExitCode;
        }
        catch (Exception error) when (error is Win32Exception or IOException)
        {
            log.OutpostNotStarted(options.EmbeddedOutpost.Executable, error.Message);
            return null;
        }
    }

    private static async Task EndAsync(Process process)
    {
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(StopLimit);
        await process.WaitForExitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    private static Dictionary<string, string> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);
}
