using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Policies.Descriptions;

/// <summary>A policy while a request is read into it. The policy itself gets the settings when all are read.</summary>
internal sealed class PolicyDraft(JsonBody body, Policy policy)
{
    public JsonBody Body => body;

    public JsonObject Settings { get; } = JsonNode.Parse(policy.Settings.GetRawText())!.AsObject();

    public void Apply() => policy.Settings = JsonObjects.From(Settings);
}
