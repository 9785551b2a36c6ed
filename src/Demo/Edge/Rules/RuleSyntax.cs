namespace Sidecar.Demo.Edge.Rules;

/// <summary>How matchers read their arguments: v2 takes {name:regex} templates, v3 Go regular expressions.</summary>
public enum RuleSyntax
{
    V2,
    V3,
}
