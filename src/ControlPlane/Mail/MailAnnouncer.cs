using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Mail;

/// <summary>Wakes the sender once a mail is committed, and never before.</summary>
internal sealed class MailAnnouncer(MailSignal signal) : DbTransactionInterceptor, ISaveChangesInterceptor
{
    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Announce(eventData.Context as ControlPlaneContext);
        return Task.CompletedTask;
    }

    public override Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is ControlPlaneContext context)
        {
            context.HasNewMail = false;
        }

        return Task.CompletedTask;
    }

    /// <summary>A save of one row needs no transaction and ends none.</summary>
    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is ControlPlaneContext { Database.CurrentTransaction: null } context)
        {
            Announce(context);
        }

        return ValueTask.FromResult(result);
    }

    private void Announce(ControlPlaneContext? context)
    {
        if (context is { HasNewMail: true })
        {
            context.HasNewMail = false;
            signal.LookNow();
        }
    }
}
