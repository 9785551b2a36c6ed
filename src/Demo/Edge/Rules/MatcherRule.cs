namespace Sidecar.Demo.Edge.Rules;

/// <summary>One matcher such as Host(`a`), as the test that its arguments came to.</summary>
internal sealed record MatcherRule(string Name, Func<RuleSubject, bool> Test) : IRule
{
    public bool Matches(RuleSubject subject) => Test(subject);
}
