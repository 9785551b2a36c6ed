namespace Sidecar.Demo.Edge.Rules;

internal sealed record AllRule(IReadOnlyList<IRule> Parts) : IRule
{
    public bool Matches(RuleSubject subject) => Parts.All(part => part.Matches(subject));
}
