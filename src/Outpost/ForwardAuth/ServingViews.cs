using Sidecar.Outpost.Configuration;
using Sidecar.Outpost.Snapshots;
using Sidecar.Outpost.Tickets;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>The view of the snapshot in force.</summary>
internal sealed class ServingViews(OutpostOptions options)
{
    private readonly Lock _writing = new();
    private ServingView? _current;

    public ServingView Of(Serving serving)
    {
        var current = Volatile.Read(ref _current);
        return current is not null && ReferenceEquals(current.Serving, serving) ? current : Renew(serving);
    }

    private ServingView Renew(Serving serving)
    {
        lock (_writing)
        {
            if (_current is not null && ReferenceEquals(_current.Serving, serving))
            {
                return _current;
            }

            // Keys change rarely and snapshots often: with the same ring, the tickets that were checked stay checked.
            var installation = serving.Trust.Installation;
            var ring = _current is not null && _current.Ring.IsFor(installation, serving.TicketKeys)
                ? _current.Ring
                : new TicketKeyRing(installation, serving.TicketKeys);
            var next = new ServingView(serving, ring, options.HostBrowser);
            Volatile.Write(ref _current, next);
            return next;
        }
    }
}
