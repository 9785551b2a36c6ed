using System.Runtime.InteropServices;
using Sidecar.ControlPlane.Configuration;
using Sidecar.ControlPlane.Configuration.Values;

namespace Sidecar.ControlPlane.Server;

/// <summary>
/// authentik's compose file starts a second container with this command. It stays up, so that nothing restarts it for ever, and answers the image's
/// health check, so that nobody looks for a fault in it.
/// </summary>
internal static class WorkerCommand
{
    public static async Task<int> RunAsync(Func<string, string?> variable)
    {
        var reader = new EnvironmentReader(variable);
        var listen = reader.Listen("AUTHENTIK_LISTEN__HTTP", ListenAddress.DefaultHttp);
        if (reader.Mistakes.Count > 0)
        {
            await Console.Error.WriteLineAsync(string.Join('\n', reader.Mistakes));
            return 1;
        }

        await Console.Out.WriteLineAsync("sidecar worker: not needed. The server does this work itself; this process idles until it is stopped.");
        try
        {
            await AnswerHealthAsync(listen);
        }
        catch (IOException)
        {
            await UntilStoppedAsync($"sidecar worker: {listen} is taken, by the server if it runs beside this; health is not answered here.");
        }

        return 0;
    }

    private static async Task AnswerHealthAsync(ListenAddress listen)
    {
        var builder = HostBuilders.Create();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(listen.Address, listen.Port);
        });
        await using var app = builder.Build();
        app.MapMethods("/-/health/live/", ["GET", "HEAD"], () => Results.Ok());
        await app.RunAsync();
    }

    private static async Task UntilStoppedAsync(string say)
    {
        var stop = new TaskCompletionSource();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        await Console.Out.WriteLineAsync(say);
        await stop.Task;

        void Handle(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.TrySetResult();
        }
    }
}
