using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Changes;

/// <summary>Where the change log ends.</summary>
/// <param name="Epoch">Of the database; numbers of different epochs have nothing to do with each other.</param>
/// <param name="Newest">The number of the last change.</param>
internal readonly record struct LogEnd(string Epoch, long Newest)
{
    // One statement, one state: the number of one epoch never stands beside another.
    public static async Task<LogEnd> ReadAsync(ControlPlaneContext context, CancellationToken cancel)
    {
        var both = from counter in context.ChangeCounter from installation in context.Installations select new { installation.Epoch, counter.Newest };
        var end = await both.SingleAsync(cancel);
        return new LogEnd(end.Epoch, end.Newest);
    }
}
