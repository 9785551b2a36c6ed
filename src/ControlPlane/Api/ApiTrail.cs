using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Audit;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Api;

/// <summary>
/// Writes down who changed which flow, stage or prompt, and which of its fields, in the same save. Outposts need not hear of them, so the change log does not have
/// them. Names of fields only: a value could be a secret.
/// </summary>
internal sealed class ApiTrail(ControlPlaneContext context, StageDescriptions descriptions, TimeProvider time)
{
    private HttpContext? _http;
    private ApiCaller? _caller;

    /// <summary>To be called before the request is handled.</summary>
    public void Begin(HttpContext http, ApiCaller caller) => (_http, _caller) = (http, caller);

    /// <summary>To be called before the changes are saved.</summary>
    public void Record()
    {
        foreach (var entry in context.ChangeTracker.Entries().ToList())
        {
            if (ActionOf(entry.State) is { } action && ModelOf(entry.Entity) is { } model)
            {
                Add(action, model, entry);
            }
        }
    }

    private static string? ActionOf(EntityState state) => state switch
    {
        EntityState.Added => "model_created",
        EntityState.Modified => "model_updated",
        EntityState.Deleted => "model_deleted",
        _ => null,
    };

    private (string App, string Name, Guid Pk, string Shown)? ModelOf(object entity) => entity switch
    {
        Flow flow => ("authentik_flows", "flow", flow.Id, flow.Slug),
        FlowStageBinding binding => ("authentik_flows", "flowstagebinding", binding.Id, $"Place {binding.Order}"),
        Stage stage => (descriptions.Of(stage.Kind).App, descriptions.Of(stage.Kind).Model, stage.Id, stage.Name),
        Prompt prompt => ("authentik_stages_prompt", "prompt", prompt.Id, prompt.Name),
        _ => null,
    };

    private void Add(string action, (string App, string Name, Guid Pk, string Shown) model, EntityEntry entry)
    {
        var told = new JsonObject
        {
            ["model"] = new JsonObject { ["app"] = model.App, ["model_name"] = model.Name, ["pk"] = $"{model.Pk:D}", ["name"] = model.Shown },
        };
        if (entry.State == EntityState.Modified)
        {
            told["fields"] = new JsonArray([.. entry.Properties.Where(property => property.IsModified).SelectMany(NamesOf).Select(name => JsonValue.Create(name))]);
        }

        context.AuditEvents.Add(new AuditEvent
        {
            At = time.GetUtcNow(),
            Action = action,
            App = "api",
            UserId = _caller?.User.Id,
            Username = _caller?.User.Username ?? "",
            ClientIp = _http?.Connection.RemoteIpAddress?.ToString() ?? "",
            Context = JsonObjects.From(told),
        });
    }

    private static IEnumerable<string> NamesOf(PropertyEntry property) =>
        property is { CurrentValue: System.Text.Json.JsonElement now, OriginalValue: System.Text.Json.JsonElement before }
            ? Changed(JsonNode.Parse(before.GetRawText())!.AsObject(), JsonNode.Parse(now.GetRawText())!.AsObject())
            : [System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Metadata.Name)];

    private static IEnumerable<string> Changed(JsonObject before, JsonObject now) =>
        now.Select(pair => pair.Key).Union(before.Select(pair => pair.Key)).Where(key => !JsonNode.DeepEquals(before[key], now[key]));
}
