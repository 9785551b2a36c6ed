namespace Sidecar.Demo.Edge.Rules;

internal sealed record NotRule(IRule Part) : IRule
{
    public bool Matches(RuleSubject subject) => !Part.Matches(subject);
}
