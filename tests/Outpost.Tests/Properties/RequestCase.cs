using Sidecar.Outpost.Tests.Harness;
using Sidecar.TestKit.Corpora;

namespace Sidecar.Outpost.Tests.Properties;

/// <summary>One request at random, in the parts that it was put together from.</summary>
internal sealed record RequestCase
{
    public required string Proxy { get; init; }

    public required string Method { get; init; }

    public required string Host { get; init; }

    public required string Path { get; init; }

    public required string Query { get; init; }

    /// <summary>Empty: none is sent.</summary>
    public required string Cookie { get; init; }

    /// <summary>Empty: none is sent.</summary>
    public required string Authorization { get; init; }

    /// <summary>What the client adds and the proxy leaves there.</summary>
    public required string[] MoreHeaders { get; init; }

    public required bool Navigates { get; init; }

    public required string? Peer { get; init; }

    /// <summary>What happens in the world before it is sent.</summary>
    public required Happening Before { get; init; }

    public Question Build(string address)
    {
        var question = Question.Behind(Proxy, $"https://wiki.example{Path}{Query}", Method).From(Peer).With("X-Forwarded-For", address);
        Name(question);
        if (Cookie.Length > 0)
        {
            question.WithCookie(Cookie);
        }

        if (Authorization.Length > 0)
        {
            question.With("Authorization", Authorization);
        }

        if (Navigates)
        {
            question.Navigating();
        }

        foreach (var (name, value) in MoreHeaders.Select(Corpus.Header))
        {
            question.WithMore(name, value);
        }

        return question;
    }

    public override string ToString() =>
        $"{Proxy} {Method} '{Host}' '{Path}{Query}' from {Peer ?? "unknown"}, navigates: {Navigates}, before: {Before}\nCookie: {Cookie}\nAuthorization: {Authorization}\n{string.Join('\n', MoreHeaders)}";

    private void Name(Question question)
    {
        switch (Proxy)
        {
            case "nginx":
                question.With("X-Original-URL", $"https://{Host}{Path}{Query}");
                break;
            case "envoy":
                question.With("Host", Host);
                break;
            default:
                question.With("X-Forwarded-Host", Host);
                break;
        }
    }
}
