using Sidecar.Contracts.Snapshots;
using Sidecar.Decisions.Groups;

namespace Sidecar.Decisions.Bindings;

/// <summary>
/// One enabled binding. Negate turns the result round, but not a failure result: "everybody outside a group that cannot be looked up" would let
/// everybody in. (authentik turns both round.)
/// </summary>
internal readonly struct CompiledBinding
{
    // The failure result stands alone: what cannot be evaluated has no subject.
    private readonly BindingSubject _subject;
    private readonly bool _negate;
    private readonly bool _failureResult;
    private readonly int _group;
    private readonly Guid _user;

    public CompiledBinding(BindingRecord record, GroupTable groups)
    {
        Record = record;
        _negate = record.Negate;
        _failureResult = record.FailureResult;
        _user = record.SubjectId;
        _group = -1;
        _subject = record.Subject switch
        {
            BindingSubject.User => BindingSubject.User,
            BindingSubject.Group when groups.TryIndexOf(record.SubjectId, out _group) => BindingSubject.Group,
            _ => BindingSubject.Unknown,
        };
    }

    /// <summary>For explanations; a decision does not follow the reference.</summary>
    public BindingRecord Record { get; }

    public bool NamesGroup(int index) => _subject == BindingSubject.Group && _group == index;

    public BindingResult Evaluate(PrincipalFacts principal) => _subject switch
    {
        BindingSubject.User => Result(_user == principal.Principal.Id, Reason.UserBinding, Reason.UserExcluded),
        BindingSubject.Group => Result(principal.Groups.Contains(_group), Reason.GroupBinding, Reason.GroupExcluded),
        _ => new BindingResult(_failureResult, Reason.FailureResult),
    };

    private BindingResult Result(bool matches, Reason passed, Reason excluded) =>
        matches != _negate ? new BindingResult(true, passed) : new BindingResult(false, _negate ? excluded : Reason.NotBound);
}
