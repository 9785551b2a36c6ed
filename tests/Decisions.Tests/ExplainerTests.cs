using Sidecar.Contracts.Snapshots;

namespace Sidecar.Decisions.Tests;

public sealed class ExplainerTests
{
    private static readonly GroupRecord[] Groups = [Given.Group(1), Given.Group(2, 1), Given.Group(3, 2)];

    [Fact]
    public void Names_the_groups_from_the_direct_one_to_the_bound_one()
    {
        var compiled = Given.Compiled(Groups, Given.App(bindings: [Given.Bind(BindingSubject.Group, Given.Id(1))]));
        var explained = DecisionExplainer.Explain(compiled, "wiki.example", "/", Given.Person(groups: [3]));

        Assert.Equal(new Decision(Verdict.Allow, Reason.GroupBinding), explained.Decision);
        Assert.Equal(["g3", "g2", "g1"], explained.Steps.OfType<ExplanationStep.Binding>().Single().Via);
    }

    [Fact]
    public void Tells_disabled_bindings_and_path_rules()
    {
        var compiled = Given.Compiled(Groups, Given.App(paths: ["^/public/"], bindings: [Given.Bind(BindingSubject.User, Given.Ana, enabled: false)]));
        var explained = DecisionExplainer.Explain(compiled, "wiki.example", "/public//a%20b", null);

        Assert.Equal(new Decision(Verdict.Allow, Reason.PublicPath), explained.Decision);
        Assert.Contains(new ExplanationStep.Host("wiki.example", Reason.Unset), explained.Steps);
        Assert.Contains(new ExplanationStep.Path(PathFault.None, "/public/a b", "/public//a b"), explained.Steps);
        Assert.Contains(new ExplanationStep.Bindings(BindingMode.Any, 0, 1), explained.Steps);
        Assert.Contains(new ExplanationStep.PublicPath("^/public/", true, true), explained.Steps);
        Assert.Single(explained.Steps.OfType<ExplanationStep.DisabledBinding>());
    }

    [Fact]
    public void Says_why_no_application_answers()
    {
        var explained = DecisionExplainer.Explain(Given.Compiled(Given.App()), "other.example", "/", Given.Person());

        Assert.Null(explained.Application);
        Assert.Equal(new Decision(Verdict.Deny, Reason.UnknownHost), explained.Decision);
    }
}
