using System.Net;

namespace Sidecar.Demo.Edge.Rules;

/// <summary>The matchers of both syntaxes.</summary>
internal static class Matchers
{
    public static IRule Make(string name, IReadOnlyList<string> arguments, RuleSyntax syntax) =>
        new MatcherRule(name, (syntax, name) switch
        {
            (_, "Host") => Any(arguments, host => subject => subject.Host.Equals(host, StringComparison.OrdinalIgnoreCase)),
            (RuleSyntax.V2, "HostRegexp") => Any(arguments, host => Regexp(V2Template.Pattern(host), subject => subject.Host)),
            (RuleSyntax.V3, "HostRegexp") => Any(arguments, host => Regexp(host, subject => subject.Host)),
            (RuleSyntax.V2, "Path") => Any(arguments, path => Regexp(V2Template.Pattern(path), subject => subject.Path)),
            (RuleSyntax.V2, "PathPrefix") => Any(arguments, path => Regexp(V2Template.PrefixPattern(path), subject => subject.Path)),
            (RuleSyntax.V3, "Path") => Any(arguments, path => subject => subject.Path == path),
            (RuleSyntax.V3, "PathPrefix") => Any(arguments, path => subject => subject.Path.StartsWith(path, StringComparison.Ordinal)),
            (RuleSyntax.V3, "PathRegexp") => Any(arguments, path => Regexp(path, subject => subject.Path)),
            (_, "Method") => Any(arguments, method => subject => subject.Method.Equals(method, StringComparison.OrdinalIgnoreCase)),
            (RuleSyntax.V2, "Headers") or (RuleSyntax.V3, "Header") => Header(name, arguments),
            (RuleSyntax.V2, "HeadersRegexp") or (RuleSyntax.V3, "HeaderRegexp") => HeaderRegexp(name, arguments),
            (_, "ClientIP") => Any(arguments, network => InNetwork(network)),
            _ => throw new EdgeConfigurationException($"no matcher {name} in rule syntax {syntax}"),
        });

    private static Func<RuleSubject, bool> Any(IReadOnlyList<string> arguments, Func<string, Func<RuleSubject, bool>> make)
    {
        var tests = arguments.Select(make).ToList();
        return subject => tests.Any(test => test(subject));
    }

    private static Func<RuleSubject, bool> Regexp(string pattern, Func<RuleSubject, string> value)
    {
        var compiled = GoRegexp.Compile(pattern);
        return subject => compiled.IsMatch(value(subject));
    }

    private static Func<RuleSubject, bool> Header(string name, IReadOnlyList<string> arguments)
    {
        var (header, value) = Pair(name, arguments);
        return subject => subject.Headers[header].Contains(value);
    }

    private static Func<RuleSubject, bool> HeaderRegexp(string name, IReadOnlyList<string> arguments)
    {
        var (header, pattern) = Pair(name, arguments);
        var compiled = GoRegexp.Compile(pattern);
        return subject => subject.Headers[header].Any(value => compiled.IsMatch(value ?? ""));
    }

    private static (string Name, string Value) Pair(string name, IReadOnlyList<string> arguments) => arguments is [var first, var second]
        ? (first, second)
        : throw new EdgeConfigurationException($"{name} takes a header name and a value");

    private static Func<RuleSubject, bool> InNetwork(string text)
    {
        var network = IPNetwork.Parse(text.Contains('/') ? text : text + (text.Contains(':') ? "/128" : "/32"));
        return subject => subject.Peer is { } peer && network.Contains(peer);
    }
}
