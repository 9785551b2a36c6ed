using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Api;

/// <summary>Writes down who made, changed or deleted which object, in the transaction of the change.</summary>
internal sealed class ApiTrail(ControlPlaneContext context, AuditedModels models, TimeProvider time)
{
    private readonly List<(string Action, object Entity, JsonObject? Diff)> _changes = [];
    private IReadOnlyList<AuditMembership> _memberships = [];
    private HttpContext? _http;
    private ApiCaller? _caller;

    /// <summary>To be called before the request is handled.</summary>
    public void Begin(HttpContext http, ApiCaller caller) => (_http, _caller) = (http, caller);

    /// <summary>To be called before the changes are saved: afterwards nobody knows what was before.</summary>
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
            Add(action, models.Of(entity)!.Value, diff);
        }

        foreach (var owned in _memberships.GroupBy(link => (link.Owner, link.OwnerId)))
        {
            if (await context.FindAsync(owned.Key.Owner, [owned.Key.OwnerId], cancel) is { } owner)
            {
                Add("model_updated", models.Of(owner)!.Value, await DiffAsync(owned, cancel));
            }
        }

        _changes.Clear();
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

    private void Add(string action, AuditedModel model, JsonObject? diff)
    {
        var told = new JsonObject
        {
            ["model"] = new JsonObject { ["app"] = model.App, ["model_name"] = model.Name, ["pk"] = model.Pk, ["name"] = model.Shown },
            ["http_request"] = new JsonObject { ["method"] = _http?.Request.Method ?? "", ["path"] = _http?.Request.Path.Value ?? "" },
        };
        if (diff is { Count: > 0 })
        {
            told["diff"] = diff;
        }

        context.AuditEvents.Add(new AuditEvent
        {
            At = time.GetUtcNow(),
            Action = action,
            App = "api",
            UserId = _caller?.User.Id,
            Username = _caller?.User.Username ?? "",
            ClientIp = _http?.Connection.RemoteIpAddress?.ToString() ?? "",
            ModelApp = model.App,
            ModelName = model.Name,
            ModelPk = model.Pk,
            Subject = model.Shown,
            Context = JsonObjects.From(told),
        });
    }
}
