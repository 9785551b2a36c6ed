using System.Text.Json;
using Sidecar.ControlPlane.Installations;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Outposts;

/// <summary>authentik's settings of an outpost. Those about Docker and Kubernetes are kept for clients that read them back; nothing here uses them.</summary>
internal static class OutpostConfig
{
    public const string HostKey = "authentik_host";
    public const string BrowserHostKey = "authentik_host_browser";

    public static readonly JsonElement Default = JsonObjects.Parse("""
        {
          "log_level": "info",
          "docker_labels": null,
          "authentik_host": "",
          "docker_network": null,
          "container_image": null,
          "docker_map_ports": true,
          "refresh_interval": "minutes=5",
          "kubernetes_replicas": 1,
          "kubernetes_namespace": "default",
          "authentik_host_browser": "",
          "object_naming_template": "ak-outpost-%(name)s",
          "authentik_host_insecure": false,
          "kubernetes_json_patches": null,
          "kubernetes_service_type": "ClusterIP",
          "kubernetes_image_pull_secrets": [],
          "kubernetes_ingress_class_name": null,
          "kubernetes_disabled_components": [],
          "kubernetes_ingress_annotations": {},
          "kubernetes_ingress_secret_name": "authentik-outpost-tls"
        }
        """);

    /// <summary>Where browsers find the control plane, as this outpost's administrator said; empty: not said, or no address.</summary>
    public static string PublicUrlOf(JsonElement config) =>
        PublicUrls.Normalize(TextOf(config, BrowserHostKey)) ?? PublicUrls.Normalize(TextOf(config, HostKey)) ?? "";

    /// <summary>Text of a setting, empty when it is missing or no text.</summary>
    public static string TextOf(JsonElement config, string key) =>
        config.ValueKind == JsonValueKind.Object && config.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
