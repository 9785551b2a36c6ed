using CsCheck;
using Sidecar.Contracts.Principals;
using Sidecar.Contracts.Snapshots;

namespace Sidecar.Decisions.Tests.Properties;

/// <summary>Random people, groups and bindings out of few, so that they meet.</summary>
internal static class Scene
{
    public const int Groups = 5;

    /// <summary>Each group lies in the one before it. Ids from <see cref="Groups"/> on are of groups that the snapshot does not hold.</summary>
    public static readonly GroupRecord[] Chain = [.. Enumerable.Range(0, Groups).Select(i => i == 0 ? Given.Group(0) : Given.Group(i, i - 1))];

    public static readonly Gen<BindingRecord> AnyBinding =
        from order in Gen.Int[-3, 3]
        from subject in Gen.Int[0, 3]
        from id in Gen.Int[0, Groups + 1]
        from isAna in Gen.Bool
        from flags in Gen.Int[0, 7]
        select new BindingRecord
        {
            Order = order,
            Subject = (BindingSubject)subject,
            SubjectId = subject == 1 && isAna ? Given.Ana : Given.Id(id),
            Negate = (flags & 1) != 0,
            Enabled = (flags & 2) != 0,
            FailureResult = (flags & 4) != 0,
        };

    public static readonly Gen<Principal> AnyPerson = Gen.Int[0, Groups + 1].Array[0, 3].Select(groups => Given.Person(groups: groups));

    public static Decision Decide(IReadOnlyList<GroupRecord> groups, BindingMode mode, IReadOnlyList<BindingRecord> bindings, Principal person)
    {
        var compiled = Given.Compiled(groups, Given.App(mode: mode, bindings: bindings));
        return DecisionEngine.Decide(compiled.Applications[0], "/", compiled.FactsOf(person));
    }
}
