namespace Sidecar.ControlPlane.Api.Errors;

/// <summary>The schema's <c>GenericError</c>: every refusal that is not about a field.</summary>
internal sealed record GenericError(string Detail, string Code);
