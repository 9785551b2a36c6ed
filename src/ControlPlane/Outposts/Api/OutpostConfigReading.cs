using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.Validation;
using Sidecar.ControlPlane.Applications;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Outposts.Api;

/// <summary>The settings of an outpost, as a request names them. What it does not name stays as it is.</summary>
internal static class OutpostConfigReading
{
    private static readonly string[] Levels = ["trace", "debug", "info", "warning", "error"];

    public static JsonElement Merge(JsonBody body, JsonElement held, JsonElement asked)
    {
        Check(body, asked);
        var merged = JsonObject.Create(OutpostConfig.Default)!;
        foreach (var setting in held.EnumerateObject().Concat(asked.EnumerateObject()))
        {
            merged[setting.Name] = JsonNode.Parse(setting.Value.GetRawText());
        }

        return JsonObjects.From(merged);
    }

    private static void Check(JsonBody body, JsonElement config)
    {
        foreach (var key in new[] { OutpostConfig.HostKey, OutpostConfig.BrowserHostKey })
        {
            // Addresses that browsers are sent to start with it.
            var host = TextOf(body, config, key);
            body.Refuses("config", host.Length > 0 && PublicUrls.Normalize(host) is null, $"{key}: write an http or https address without user name, query and fragment, or leave it empty.");
        }

        var level = TextOf(body, config, "log_level");
        body.Refuses("config", level.Length > 0 && !Levels.Contains(level), $"log_level: use one of {string.Join(", ", Levels)}.");
        var interval = TextOf(body, config, "refresh_interval");
        body.Refuses("config", interval.Length > 0 && Duration.TryParse(interval) is null, $"refresh_interval: {ValidatedFields.DurationHelp}");
    }

    private static string TextOf(JsonBody body, JsonElement config, string key)
    {
        if (!config.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return "";
        }

        return body.Refuses("config", value.ValueKind != JsonValueKind.String, $"{key}: must be a text.") ? "" : value.GetString()!;
    }
}
