using System.Text.Json.Nodes;

namespace Sidecar.ControlPlane.Audit;

/// <summary>An object as events name it, in authentik's words.</summary>
/// <param name="App">For example <c>authentik_core</c>.</param>
/// <param name="Name">For example <c>user</c>.</param>
/// <param name="Pk">What the API calls its <c>pk</c>.</param>
/// <param name="Shown">What a person calls it.</param>
internal readonly record struct AuditedModel(string App, string Name, string Pk, string Shown)
{
    public JsonObject ToJson() => new() { ["app"] = App, ["model_name"] = Name, ["pk"] = Pk, ["name"] = Shown };
}
