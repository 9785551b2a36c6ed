namespace Sidecar.Fuzz.Targets;

/// <summary>Something was accepted that must not be.</summary>
internal sealed class FuzzFindingException(string rule) : Exception(rule);
