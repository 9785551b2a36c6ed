namespace Sidecar.Outpost.Hosting;

/// <summary>The embedded outpost ends with the program that started it: its standard input closes then, however that program ends.</summary>
internal sealed class ParentWatch(ParentInput parent, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var input = parent.Stream;
        var ignored = new byte[64];
        while (await input.ReadAsync(ignored, stoppingToken) > 0)
        {
        }

        lifetime.StopApplication();
    }
}
