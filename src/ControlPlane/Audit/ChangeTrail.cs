using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Audit;

/// <summary>Writes down who made, changed or deleted which object, in the transaction of the change.</summary>
internal sealed class ChangeTrail(ControlPlaneContext context, AuditWriter audit)
{
    private readonly List<(string Action, object Entity, JsonObject? Diff)> _changes = [];
    private IReadOnlyList<AuditMembership> _memberships = [];
    private HttpContext? _http;
    private User? _by;
    private string _app = "sidecar";

    /// <summary>Something was noted that is not written down yet.</summary>
    public bool HasAny => _changes.Count > 0;

    /// <summary>To be called before the request is handled.</summary>
    /// <param name="http">Null: no request, but the command line.</param>
    /// <param name="by">Who does what follows.</param>
    /// <param name="app">See <see cref="AuditEvent.App"/>.</param>
    public void Begin(HttpContext? http, User? by, string app) => (_http, _by, _app) = (http, by, app);

    /// <summary>Notes one object, where not all that is saved is told. To be called before it is saved.</summary>
    public void Note(object entity) => Detect(context.Entry(entity));

    /// <summary>What was noted is not saved after all.</summary>
    public void Forget()
    {
        _changes.Clear();
        _memberships = [];
    }

    /// <summary>Notes everything. To be called before the changes are saved: afterwards nobody knows what was before.</summary>
    public void Detect()
    {
        _memberships = AuditMembership.Detect(context.ChangeTracker);
        foreach (var entry in context.ChangeTracker.Entries().Where(entry => AuditedModels.Has(entry.Entity.GetType())).ToList())
        {
            Detect(entry);
        }
    }

    /// <summary>To be called when they are saved, in the same transaction: only now a new object has its number.</summary>
    public async Task RecordAsync(CancellationToken cancel)
    {
        foreach (var (action, entity, diff) in _changes)
        {
            Add(action, entity, diff);
        }

        foreach (var owned in _memberships.GroupBy(link => (link.Owner, link.OwnerId)))
        {
            if (await context.FindAsync(owned.Key.Owner, [owned.Key.OwnerId], cancel) is { } owner)
            {
                Add("model_updated", owner, await DiffAsync(owned, cancel));
            }
        }

        Forget();
        await context.SaveChangesAsync(cancel);
    }

    private void Detect(EntityEntry entry)
    {
        switch (entry.State)
        {
            case EntityState.Added:
                _changes.Add(("model_created", entry.Entity, AuditDiff.Of(entry)));
                break;
            case EntityState.Deleted:
                _changes.Add(("model_deleted", entry.Entity, null));
                break;
            case EntityState.Modified:
                if (AuditDiff.IsNewPassword(entry))
                {
                    _changes.Add(("password_set", entry.Entity, null));
                }

                if (AuditDiff.Of(entry) is { Count: > 0 } diff)
                {
                    _changes.Add(("model_updated", entry.Entity, diff));
                }

                break;
        }
    }

    private async Task<JsonObject> DiffAsync(IEnumerable<AuditMembership> links, CancellationToken cancel)
    {
        var diff = new JsonObject();
        foreach (var field in links.GroupBy(link => link.Field))
        {
            var moves = new JsonObject();
            foreach (var link in field)
            {
                var move = link.Added ? "add" : "remove";
                moves[move] ??= new JsonArray();
                moves[move]!.AsArray().Add(await link.MemberAsync(context, cancel));
            }

            diff[field.Key] = moves;
        }

        return diff;
    }

    private void Add(string action, object entity, JsonObject? diff)
    {
        var told = new JsonObject { ["http_request"] = new JsonObject { ["method"] = _http?.Request.Method ?? "", ["path"] = _http?.Request.Path.Value ?? "" } };
        if (diff is { Count: > 0 })
        {
            told["diff"] = diff;
        }

        audit.Add(_http, _by, action, _app, entity, told);
    }
}
