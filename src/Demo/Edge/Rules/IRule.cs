namespace Sidecar.Demo.Edge.Rules;

/// <summary>A question about a request; rules are made of rules.</summary>
internal interface IRule
{
    bool Matches(RuleSubject subject);
}
