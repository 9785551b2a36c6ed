using Sidecar.Load.Drivers;
using Sidecar.TestKit.Databases;
using Sidecar.TestKit.Installations;

namespace Sidecar.Load.Identity;

/// <summary>A control plane that nobody asks: its memory, and on PostgreSQL the transactions that it makes all the same.</summary>
internal static class IdleCost
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(60);

    /// <returns>Resident bytes of the control plane without its outpost, and transactions a second.</returns>
    public static async Task<(long Resident, double Transactions)> MeasureAsync(SidecarServer server, PostgresServer postgres, string database)
    {
        await Task.Delay(Settle);
        var before = await postgres.TransactionsAsync(database);
        await Task.Delay(Watched);
        var made = await postgres.TransactionsAsync(database) - before;
        return (ProcessCost.ResidentBytes(server.ProcessId), made / Watched.TotalSeconds);
    }
}
