using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>A stage while a request is read into it. The stage itself gets the settings when all are read.</summary>
internal sealed class StageDraft(JsonBody body, Stage stage, ControlPlaneContext context, KeyWrap wrap)
{
    public JsonBody Body => body;

    public Stage Stage => stage;

    public ControlPlaneContext Context => context;

    public KeyWrap Wrap => wrap;

    public JsonObject Settings { get; } = JsonNode.Parse(stage.Settings.GetRawText())!.AsObject();

    /// <summary>A setting as it will be; null when nothing says it.</summary>
    public string? Text(string name) => Settings[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public void Apply() => stage.Settings = JsonObjects.From(Settings);
}
