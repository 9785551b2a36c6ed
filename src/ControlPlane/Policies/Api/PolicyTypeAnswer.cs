using Sidecar.ControlPlane.Policies.Descriptions;

namespace Sidecar.ControlPlane.Policies.Api;

/// <summary>The schema's <c>TypeCreate</c>: a kind of policy that can be made.</summary>
internal sealed record PolicyTypeAnswer(string Name, string Description, string Component, string ModelName)
{
    public string IconUrl { get; } = "";

    public bool RequiresEnterprise { get; }

    public bool Deprecated { get; }

    public static PolicyTypeAnswer Of(PolicyDescription kind) => new(kind.Name, kind.Summary, kind.FormComponent, kind.Model);
}
