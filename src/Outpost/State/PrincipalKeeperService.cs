namespace Sidecar.Outpost.State;

/// <summary>Runs the keeper; when the program ends, what is still due is written.</summary>
internal sealed class PrincipalKeeperService(PrincipalKeeper keeper) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        keeper.Write();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => keeper.RunAsync(stoppingToken);
}
