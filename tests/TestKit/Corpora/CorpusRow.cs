using System.Text.Json.Nodes;

namespace Sidecar.TestKit.Corpora;

/// <summary>One line of a file in <c>tests/Corpora</c>: something that is sent, and what must come of it.</summary>
public abstract record CorpusRow
{
    public required string Id { get; init; }

    /// <summary>The advisory, standard or rule that it comes from; <c>peers.md 62</c> is a row of the list of other systems' flaws.</summary>
    public required string Source { get; init; }

    public required string Why { get; init; }
}

/// <summary>A <c>Cookie</c> header.</summary>
[CorpusFile("cookies")]
public sealed record CookieRow : CorpusRow
{
    public required string Cookie { get; init; }

    /// <summary>Whether the member is let in by it.</summary>
    public bool Enters { get; init; }
}

/// <summary>Everything that a proxy says in a check.</summary>
[CorpusFile("forwarded")]
public sealed record ForwardedRow : CorpusRow
{
    /// <summary>Last part of the check's address.</summary>
    public required string Proxy { get; init; }

    /// <summary><c>Name: value</c>, each a line of its own.</summary>
    public required string[] Headers { get; init; }

    /// <summary>Reason of the refusal of somebody who is not signed in; <c>public-path</c>: nobody needs to be.</summary>
    public required string Nobody { get; init; }

    /// <summary>The same for the member; <c>enters</c>: 200. Null: as <see cref="Nobody"/>.</summary>
    public string? Member { get; init; }
}

/// <summary>Headers that a client adds to a request for something that it may not see.</summary>
[CorpusFile("client-headers")]
public sealed record ClientHeaderRow : CorpusRow
{
    public required string[] Headers { get; init; }
}

/// <summary>Headers by which a client says who it is.</summary>
[CorpusFile("identity-headers")]
public sealed record IdentityHeaderRow : CorpusRow
{
    public required string[] Headers { get; init; }

    /// <summary>Whether the outpost refuses them: all that some application could read as a header of ours.</summary>
    public required bool Refused { get; init; }
}

/// <summary>A path at an application whose <c>/public/</c> is open to everybody.</summary>
[CorpusFile("paths")]
public sealed record PathRow : CorpusRow
{
    /// <summary>As sent, with the query if there is one.</summary>
    public required string Path { get; init; }

    /// <inheritdoc cref="ForwardedRow.Nobody"/>
    public required string Nobody { get; init; }

    /// <inheritdoc cref="ForwardedRow.Member"/>
    public string? Member { get; init; }
}

/// <summary>The first lines of a request that wants something else than it says.</summary>
[CorpusFile("targets")]
public sealed record TargetRow : CorpusRow
{
    /// <summary>Request line, then headers.</summary>
    public required string[] Head { get; init; }
}

/// <summary>An address to return to after sign-in.</summary>
[CorpusFile("return-urls")]
public sealed record ReturnUrlRow : CorpusRow
{
    /// <summary><c>single</c>: of https://wiki.example. <c>domain</c>: below corp.example, signing in at login.corp.example, the browser at here.corp.example.</summary>
    public required string Mode { get; init; }

    /// <summary>Characters above U+007F stand for bytes.</summary>
    public required string Text { get; init; }

    /// <summary>Where the browser is sent; null: refused, so home.</summary>
    public string? Becomes { get; init; }
}

/// <summary>A host that is asked for.</summary>
[CorpusFile("hosts")]
public sealed record HostRow : CorpusRow
{
    public required string External { get; init; }

    public string? Domain { get; init; }

    public required string Host { get; init; }

    /// <summary>Whether the application answers it.</summary>
    public required bool Answers { get; init; }
}

/// <summary>The method of a request that says it opens a page.</summary>
[CorpusFile("methods")]
public sealed record MethodRow : CorpusRow
{
    public required string Method { get; init; }

    /// <summary>Status for somebody who is not signed in, behind Traefik.</summary>
    public required int Nobody { get; init; }

    /// <summary>Status for the member.</summary>
    public required int Member { get; init; }
}

/// <summary>A ticket that is changed before it is signed, or signed in another way.</summary>
[CorpusFile("tickets")]
public sealed record TicketRow : CorpusRow
{
    /// <summary>Put over the header; null removes.</summary>
    public JsonObject? Header { get; init; }

    /// <summary>Put over the claims; <c>now-60</c> is a time.</summary>
    public JsonObject? Claims { get; init; }

    /// <summary>See <see cref="TicketForge"/>.</summary>
    public string Signed { get; init; } = "own";

    /// <summary>Reason of the refusal, or <c>enters</c>.</summary>
    public required string Expect { get; init; }
}

/// <summary>An <c>Authorization</c> header.</summary>
[CorpusFile("credentials")]
public sealed record CredentialRow : CorpusRow
{
    public required string Authorization { get; init; }

    /// <summary>Reason of the refusal, or <c>enters</c>.</summary>
    public required string Expect { get; init; }

    /// <summary>Whether the control plane is asked.</summary>
    public bool Asked { get; init; }
}

/// <summary>The end of a sign-in, as a browser may come back with it.</summary>
[CorpusFile("callbacks")]
public sealed record CallbackRow : CorpusRow
{
    /// <summary>What follows the callback's own query member.</summary>
    public required string Query { get; init; }

    /// <summary>The browser's cookies.</summary>
    public string Cookie { get; init; } = "{own}";

    public string Method { get; init; } = "GET";

    public string Mode { get; init; } = "navigate";

    /// <summary><c>signs-in</c>, <c>starts-over</c>, or the reason of the refusal.</summary>
    public required string Ends { get; init; }
}
