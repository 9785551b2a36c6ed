namespace Sidecar.Decisions.Bindings;

/// <summary>What one binding says about one person, and the reason to tell if it is the one that decides.</summary>
internal readonly record struct BindingResult(bool Passes, Reason Reason);
