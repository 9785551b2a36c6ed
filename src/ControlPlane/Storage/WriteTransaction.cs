using Microsoft.EntityFrameworkCore.Storage;

namespace Sidecar.ControlPlane.Storage;

/// <summary>Several writes that happen together or not at all. Keep it short: on SQLite nobody else writes meanwhile.</summary>
internal sealed class WriteTransaction(IDbContextTransaction transaction, IDisposable? lane) : IAsyncDisposable
{
    public Task CommitAsync(CancellationToken cancel) => transaction.CommitAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync();
        }
        finally
        {
            lane?.Dispose();
        }
    }
}
