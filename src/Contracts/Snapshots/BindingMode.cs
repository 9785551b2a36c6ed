namespace Sidecar.Contracts.Snapshots;

/// <summary>How the results of several bindings are joined (authentik: <c>policy_engine_mode</c>).</summary>
public enum BindingMode : byte
{
    // All is zero: a value that nobody set asks for more, not for less.
    All = 0,
    Any = 1,
}
