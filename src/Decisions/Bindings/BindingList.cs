using Sidecar.Contracts.Snapshots;
using Sidecar.Decisions.Groups;

namespace Sidecar.Decisions.Bindings;

/// <summary>
/// The access list of an application. Any: one passing binding lets in. All: one failing binding keeps out. The first binding by order that says what
/// the verdict says tells the reason.
/// <para>
/// A disabled binding is as if it were not there, so an application whose bindings are all disabled is open to everybody who is signed in, exactly as
/// if they had been removed. That is authentik's rule, and scripts that disable bindings count on it; refusing instead would be safer for who forgets
/// it, but would make "disabled" mean "deny". It has a reason of its own, <see cref="Reason.BindingsDisabled"/>, so that it shows in every log line.
/// </para>
/// </summary>
internal sealed class BindingList
{
    private readonly CompiledBinding[] _enabled;
    private readonly BindingMode _mode;
    private readonly Reason _whenEmpty;

    public BindingList(IReadOnlyList<BindingRecord> records, BindingMode mode, GroupTable groups)
    {
        _mode = mode;
        _whenEmpty = records.Count == 0 ? Reason.NoBindings : Reason.BindingsDisabled;
        _enabled = [.. records.Where(record => record.Enabled).OrderBy(record => record.Order).Select(record => new CompiledBinding(record, groups))];
    }

    /// <summary>By order.</summary>
    public IReadOnlyList<CompiledBinding> Enabled => _enabled;

    public bool Names(int group) => Array.Exists(_enabled, binding => binding.NamesGroup(group));

    public BindingResult Evaluate(PrincipalFacts principal)
    {
        // A mode that is not known joins as All does, the stricter one.
        var decisive = _mode == BindingMode.Any;
        var first = new BindingResult(true, _whenEmpty);
        for (var i = 0; i < _enabled.Length; i++)
        {
            var result = _enabled[i].Evaluate(principal);
            if (result.Passes == decisive)
            {
                return result;
            }

            first = i == 0 ? result : first;
        }

        return first;
    }
}
