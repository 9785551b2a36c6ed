namespace Sidecar.ControlPlane.Api.UsedBy;

/// <summary>The schema's <c>UsedBy</c>: an object that refers to the one that was asked about.</summary>
internal sealed record UsedByAnswer(string App, string ModelName, string Pk, string Name, UsedByAction Action);
