using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Changes;

/// <summary>Tells the feed of new numbers once they are committed, and never before.</summary>
internal sealed class CommitAnnouncer(ChangeFeed feed) : DbTransactionInterceptor
{
    public override void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Announce(eventData);

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Announce(eventData);
        return Task.CompletedTask;
    }

    public override void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) => Forget(eventData);

    public override Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Forget(eventData);
        return Task.CompletedTask;
    }

    private void Announce(TransactionEndEventData eventData)
    {
        if (eventData.Context is ControlPlaneContext { PendingChange: > 0 } context)
        {
            feed.AnnounceHere(context.PendingChange);
            context.PendingChange = 0;
        }
    }

    private static void Forget(TransactionEndEventData eventData)
    {
        if (eventData.Context is ControlPlaneContext context)
        {
            context.PendingChange = 0;
        }
    }
}
