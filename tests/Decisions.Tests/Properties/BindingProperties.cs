using CsCheck;
using Sidecar.Contracts.Snapshots;

namespace Sidecar.Decisions.Tests.Properties;

public sealed class BindingProperties
{
    [Fact]
    public void Negating_the_only_binding_turns_the_verdict_round() =>
        Gen.Select(Scene.AnyBinding, Scene.AnyPerson).Sample((binding, person) =>
        {
            var groups = Scene.Chain;
            binding = binding with { Enabled = true, FailureResult = false };
            var plain = Scene.Decide(groups, BindingMode.Any, [binding], person);
            var negated = Scene.Decide(groups, BindingMode.Any, [binding with { Negate = !binding.Negate }], person);

            return plain.Reason == Reason.FailureResult
                ? negated == plain
                : plain.Verdict != negated.Verdict;
        }, iter: 2000);

    [Fact]
    public void The_verdict_is_that_of_a_naive_model() =>
        Gen.Select(Gen.Bool, Scene.AnyBinding.Array[0, 6], Scene.AnyPerson).Sample((any, bindings, person) =>
        {
            var mode = any ? BindingMode.Any : BindingMode.All;
            var results = bindings.Where(binding => binding.Enabled).Select(binding => NaiveResult(binding, person)).ToArray();
            var enters = results.Length == 0 || (any ? results.Contains(true) : !results.Contains(false));

            return Scene.Decide(Scene.Chain, mode, bindings, person).Verdict == (enters ? Verdict.Allow : Verdict.Deny);
        }, iter: 5000);

    [Fact]
    public void Order_and_place_in_the_list_change_no_verdict() =>
        Gen.Select(Gen.Bool, Scene.AnyBinding.Array[0, 6], Scene.AnyPerson).Sample((any, bindings, person) =>
        {
            var mode = any ? BindingMode.Any : BindingMode.All;
            BindingRecord[] turned = [.. bindings.Reverse().Select(binding => binding with { Order = -binding.Order })];

            return Scene.Decide(Scene.Chain, mode, bindings, person).Verdict == Scene.Decide(Scene.Chain, mode, turned, person).Verdict;
        }, iter: 2000);

    [Fact]
    public void A_disabled_binding_is_as_if_removed() =>
        Gen.Select(Gen.Bool, Scene.AnyBinding.Array[0, 6], Scene.AnyPerson).Sample((any, bindings, person) =>
        {
            var mode = any ? BindingMode.Any : BindingMode.All;
            BindingRecord[] enabled = [.. bindings.Where(binding => binding.Enabled)];

            return Scene.Decide(Scene.Chain, mode, bindings, person).Verdict == Scene.Decide(Scene.Chain, mode, enabled, person).Verdict;
        }, iter: 2000);

    // Group n has group n - 1 as its parent, so a member of n is a member of all below it.
    private static bool NaiveResult(BindingRecord binding, Contracts.Principals.Principal person) => binding.Subject switch
    {
        BindingSubject.User => (binding.SubjectId == person.Id) != binding.Negate,
        BindingSubject.Group when Scene.Chain.Any(group => group.Id == binding.SubjectId) =>
            person.Groups.Any(group => Number(group) < Scene.Groups && Number(group) >= Number(binding.SubjectId)) != binding.Negate,
        _ => binding.FailureResult,
    };

    private static int Number(Guid id) => BitConverter.ToInt32(id.ToByteArray());
}
