using CsCheck;
using Sidecar.Contracts.Snapshots;

namespace Sidecar.Decisions.Tests.Properties;

public sealed class GroupProperties
{
    private const int Groups = 12;

    [Fact]
    public void Membership_is_that_of_the_naive_definition_on_any_graph_with_cycles_too() =>
        Gen.Select(Gen.Int[0, Groups + 2].Array[0, 3].Array[Groups], Gen.Int[0, Groups + 2].Array[0, 3]).Sample((parents, direct) =>
        {
            GroupRecord[] groups = [.. parents.Select((above, i) => Given.Group(i, above))];
            var facts = Given.Compiled(groups).FactsOf(Given.Person(groups: direct));
            var naive = Naive(parents, direct);

            Assert.Equal(naive, Enumerable.Range(0, Groups).Where(facts.Groups.Contains));
            Assert.All(Enumerable.Range(0, Groups), i => Assert.Equal(naive.Contains(i), facts.Snapshot.Groups.ChainTo(Given.Id(i), facts.Principal.Groups).Count > 0));
        }, iter: 1000);

    [Fact]
    public void A_chain_of_ten_thousand_groups_and_a_ring_end()
    {
        const int Length = 10_000;
        GroupRecord[] ring = [.. Enumerable.Range(0, Length).Select(i => Given.Group(i, (i + 1) % Length))];
        var compiled = Given.Compiled(ring, Given.App(bindings: [Given.Bind(BindingSubject.Group, Given.Id(Length - 1))]));

        Assert.Equal(Verdict.Allow, DecisionEngine.Decide(compiled.Applications[0], "/", compiled.FactsOf(Given.Person(groups: [0]))).Verdict);
    }

    // A member of a group is a member of its parents: repeated until nothing is new.
    private static SortedSet<int> Naive(int[][] parents, int[] direct)
    {
        var member = new SortedSet<int>(direct.Where(group => group < Groups));
        for (var before = -1; before != member.Count;)
        {
            before = member.Count;
            foreach (var group in member.ToArray())
            {
                member.UnionWith(parents[group].Where(parent => parent < Groups));
            }
        }

        return member;
    }
}
