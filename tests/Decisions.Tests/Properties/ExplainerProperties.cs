using CsCheck;
using Sidecar.Contracts.Snapshots;

namespace Sidecar.Decisions.Tests.Properties;

public sealed class ExplainerProperties
{
    [Fact]
    public void The_steps_lead_to_the_very_decision_that_the_engine_takes() =>
        Gen.Select(
            Gen.Bool, Scene.AnyBinding.Array[0, 5], Scene.AnyPerson.Null(), Gen.Bool,
            Gen.OneOf("/", "/public/a", "/%70ublic", "/public/%2e", "/public/%zz", "", "/x;a"))
        .Sample((any, bindings, person, active, path) =>
        {
            var compiled = Given.Compiled(
                Scene.Chain, Given.App(mode: any ? BindingMode.Any : BindingMode.All, paths: ["^/public", "^/p(u)blic/a"], bindings: bindings));
            var facts = person is null ? null : compiled.FactsOf(person with { Active = active });
            var explained = DecisionExplainer.Explain(compiled.Applications[0], path, facts);

            Assert.Equal(DecisionEngine.Decide(compiled.Applications[0], path, facts), explained.Decision);
            Assert.Equal(explained.Decision, Conclude(explained.Steps));
        }, iter: 1000);

    // Reads the steps as an administrator would.
    private static Decision Conclude(IReadOnlyList<ExplanationStep> steps)
    {
        var path = steps.OfType<ExplanationStep.Path>().Single();
        if (path.Fault >= PathFault.NotAbsolute)
        {
            return new Decision(Verdict.Deny, path.Fault == PathFault.DotSegment ? Reason.AmbiguousPath : Reason.BadPath);
        }

        var byPerson = ConcludeOnPerson(steps);
        if (byPerson.Verdict == Verdict.Allow || byPerson.Reason == Reason.PrincipalInactive)
        {
            return byPerson;
        }

        var rules = steps.OfType<ExplanationStep.PublicPath>().ToArray();
        var normalized = rules.Any(rule => rule.MatchesNormalized);
        return normalized != rules.Any(rule => rule.MatchesLiteral) ? new Decision(Verdict.Deny, Reason.AmbiguousPath)
            : normalized ? new Decision(Verdict.Allow, Reason.PublicPath)
            : byPerson;
    }

    private static Decision ConcludeOnPerson(IReadOnlyList<ExplanationStep> steps)
    {
        var person = steps.OfType<ExplanationStep.Person>().Single();
        var list = steps.OfType<ExplanationStep.Bindings>().Single();
        var bindings = steps.OfType<ExplanationStep.Binding>().ToArray();
        if (!person.IsSignedIn)
        {
            return new Decision(Verdict.SignIn, Reason.NotSignedIn);
        }

        if (!person.IsActive)
        {
            return new Decision(Verdict.Deny, Reason.PrincipalInactive);
        }

        if (bindings.Length == 0)
        {
            return new Decision(Verdict.Allow, list.Disabled > 0 ? Reason.BindingsDisabled : Reason.NoBindings);
        }

        var decides = bindings.FirstOrDefault(binding => binding.Passes == (list.Mode == BindingMode.Any)) ?? bindings[0];
        return new Decision(decides.Passes ? Verdict.Allow : Verdict.Deny, decides.Reason);
    }
}
