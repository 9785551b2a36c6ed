using Sidecar.ControlPlane.Flows.Descriptions;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>The schema's <c>TypeCreate</c>: a kind of stage that can be made.</summary>
internal sealed record TypeCreateAnswer(string Name, string Description, string Component, string ModelName)
{
    public string IconUrl { get; } = "";

    public bool RequiresEnterprise { get; }

    public bool Deprecated { get; }

    public static TypeCreateAnswer Of(StageDescription kind) => new(kind.Name, kind.Summary, kind.FormComponent, kind.Model);
}
