using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Changes;

/// <summary>Adds log entries with consecutive numbers.</summary>
internal sealed class ChangeWriter(ControlPlaneContext context, long newest)
{
    private readonly List<ChangeRow> _rows = [];
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public IReadOnlyList<ChangeRow> Rows => _rows;

    /// <summary>Each principal gets its number as revision, so that no outpost takes an older copy for a newer one.</summary>
    public async Task AddPrincipalsAsync(IEnumerable<Guid> principals, CancellationToken cancel)
    {
        var tracked = context.ChangeTracker.Entries<User>().ToDictionary(entry => entry.Entity.Id);
        foreach (var id in principals)
        {
            var number = Add(ChangeSubject.Principal, principal: id);
            if (!tracked.TryGetValue(id, out var user))
            {
                await context.Users.Where(user => user.Id == id).ExecuteUpdateAsync(set => set.SetProperty(user => user.Revision, number), cancel);
            }
            else if (user.State != EntityState.Deleted)
            {
                user.Entity.Revision = number;
            }
        }
    }

    public void AddRest(TouchedObjects touched, IEnumerable<Guid> outposts)
    {
        if (touched.Secrets)
        {
            Add(ChangeSubject.Secrets);
        }

        foreach (var outpost in outposts)
        {
            Add(ChangeSubject.Outpost, outpost: outpost);
        }

        foreach (var (outpost, revision) in touched.Snapshots)
        {
            Add(ChangeSubject.Snapshot, outpost: outpost, revision: revision);
        }

        if (touched.Model)
        {
            Add(ChangeSubject.Model);
        }
    }

    private long Add(ChangeSubject subject, Guid? principal = null, Guid? outpost = null, long? revision = null)
    {
        var row = new ChangeRow
        {
            Number = newest + _rows.Count + 1,
            Subject = subject,
            PrincipalId = principal,
            OutpostId = outpost,
            Revision = revision,
            At = _now,
        };
        _rows.Add(row);
        context.Changes.Add(row);
        return row.Number;
    }
}
