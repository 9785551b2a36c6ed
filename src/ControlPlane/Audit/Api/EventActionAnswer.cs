namespace Sidecar.ControlPlane.Audit.Api;

/// <summary>The schema's <c>TypeCreate</c>, used for an action: <paramref name="Component"/> is its name.</summary>
internal sealed record EventActionAnswer(string Name, string Description, string Component, string ModelName);
