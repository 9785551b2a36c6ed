namespace Sidecar.Demo.Edge.Rules;

internal sealed record AnyRule(IReadOnlyList<IRule> Parts) : IRule
{
    public bool Matches(RuleSubject subject) => Parts.Any(part => part.Matches(subject));
}
