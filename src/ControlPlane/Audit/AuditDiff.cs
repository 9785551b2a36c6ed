using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Authenticators;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Notifications;

namespace Sidecar.ControlPlane.Audit;

/// <summary>What a save changes of an object: <c>{"field": {"previous_value": …, "new_value": …}}</c>, as in authentik.</summary>
internal static class AuditDiff
{
    // Follow from other fields, or are counted by the product itself.
    private static readonly HashSet<string> Derived =
    [
        nameof(User.UsernameKey), nameof(User.EmailKey), nameof(User.Revision), nameof(User.LastLogin), nameof(TotpDevice.LastStep), nameof(AuthenticatorDevice.UpdatedAt),
        nameof(AuthenticatorDevice.LastUsedAt),
    ];

    // A prompt's key is the name of a field, and no key.
    private static readonly HashSet<string> Public = [nameof(Prompt.FieldKey)];

    // Whoever knows it may post there.
    private static readonly HashSet<string> Hidden = [nameof(NotificationTransport.WebhookUrl)];

    /// <param name="entry">Added or modified, not saved yet.</param>
    public static JsonObject Of(EntityEntry entry)
    {
        var diff = new JsonObject();
        foreach (var property in entry.Properties.Where(property => !Derived.Contains(property.Metadata.Name) && !property.Metadata.IsPrimaryKey()))
        {
            if (entry.State == EntityState.Added || property.IsModified)
            {
                Add(diff, entry, property);
            }
        }

        return diff;
    }

    /// <summary>True for what only the hash of tells that it changed.</summary>
    public static bool IsNewPassword(EntityEntry entry) => entry is { Entity: User, State: EntityState.Modified } && entry.Property(nameof(User.PasswordHash)).IsModified;

    private static void Add(JsonObject diff, EntityEntry entry, PropertyEntry property)
    {
        var (before, now) = (entry.State == EntityState.Added ? null : ValueOf(property.OriginalValue), ValueOf(property.CurrentValue));
        if (entry.Entity is Stage && property.Metadata.Name == nameof(Stage.Settings))
        {
            AddSettings(diff, before as JsonObject, now as JsonObject);
            return;
        }

        var name = NameOf(property);
        if (!JsonNode.DeepEquals(before, now))
        {
            diff[name] = Public.Contains(property.Metadata.Name) ? Pair(before, now) : Pair(name, before, now, property.Metadata.ClrType == typeof(byte[]) || Hidden.Contains(property.Metadata.Name));
        }
    }

    private static void AddSettings(JsonObject diff, JsonObject? before, JsonObject? now)
    {
        foreach (var key in (now ?? []).Select(pair => pair.Key).Union((before ?? []).Select(pair => pair.Key)))
        {
            if (!JsonNode.DeepEquals(before?[key], now?[key]))
            {
                diff[key] = Pair(key, before?[key], now?[key], secret: false);
            }
        }
    }

    private static JsonObject Pair(string name, JsonNode? before, JsonNode? now, bool secret) => secret
        ? Pair(before is null ? null : AuditMask.Hidden, now is null ? null : AuditMask.Hidden)
        : Pair(AuditMask.Field(name, before), AuditMask.Field(name, now));

    private static JsonObject Pair(JsonNode? before, JsonNode? now) => new() { ["previous_value"] = before?.DeepClone(), ["new_value"] = now?.DeepClone() };

    private static string NameOf(PropertyEntry property)
    {
        var name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Metadata.Name);
        return property.Metadata.IsForeignKey() && name.EndsWith("_id", StringComparison.Ordinal) ? name[..^3] : name;
    }

    private static JsonNode? ValueOf(object? value) => value switch
    {
        null => null,
        JsonElement json => JsonNode.Parse(json.GetRawText()),
        _ => JsonSerializer.SerializeToNode(value, value.GetType(), ApiJson.Options),
    };
}
