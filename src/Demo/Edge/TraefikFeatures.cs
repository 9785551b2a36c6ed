namespace Sidecar.Demo.Edge;

/// <summary>What differs between the releases. Numbers in comments are the first releases that have it, on the v2 and the v3 line.</summary>
internal sealed record TraefikFeatures
{
    public required TraefikProfile Profile { get; init; }

    public required bool IsV3 { get; init; }

    /// <summary>2.11.9, 3.1.3: the client's Connection header is used up at the entry point and cannot name managed headers.</summary>
    public bool CleansConnectionAtEntryPoint { get; init; }

    /// <summary>2.11.14, 3.2.1.</summary>
    public bool StripsForwardedPrefix { get; init; }

    /// <summary>2.11.43, 3.6.14: X_Forwarded_Proto counts as X-Forwarded-Proto when headers are stripped.</summary>
    public bool StripsAliases { get; init; }

    /// <summary>2.11.24, 3.3.6: dot segments and empty segments are removed before anything looks at the path.</summary>
    public bool SanitizesPath { get; init; }

    /// <summary>2.11.43, 3.6.14: trustForwardHeader tells "false" from "not set".</summary>
    public bool TellsFalseFromUnset { get; init; }

    /// <summary>2.11.51, 3.6.22.</summary>
    public bool HasUnderscoreStrategy { get; init; }

    /// <summary>3.2.</summary>
    public bool HasHeaderField { get; init; }

    /// <summary>3.3: forwardBody, maxBodySize, preserveLocationHeader.</summary>
    public bool HasForwardBody { get; init; }

    /// <summary>3.4.</summary>
    public bool HasPreserveRequestMethod { get; init; }

    /// <summary>2.11.38, 3.6.9.</summary>
    public bool HasMaxResponseBodySize { get; init; }

    /// <summary>3.5: a client that went away is 499 in the log, not 500.</summary>
    public bool KnowsClientGone { get; init; }

    /// <summary>Before 3.6.9, and always on the v2 line: a request without User-Agent asks with Go's own.</summary>
    public bool FakesUserAgent { get; init; }

    /// <summary>3.6: routers below routers.</summary>
    public bool HasParentRouters { get; init; }

    /// <summary>3.7.</summary>
    public bool HasAuthSigninUrl { get; init; }

    /// <summary>3.6.24, 3.7.9: a CONNECT whose length is unknown is asked about without its body.</summary>
    public bool SkipsConnectBody { get; init; }

    public static TraefikFeatures For(TraefikProfile profile) => profile switch
    {
        TraefikProfile.V2_10 => Old(profile, isV3: false),
        TraefikProfile.V3_0 => Old(profile, isV3: true),
        TraefikProfile.V2_11_42 => Cleaned(profile, isV3: false) with { SanitizesPath = true, HasMaxResponseBodySize = true },
        TraefikProfile.V3_3 => Cleaned(profile, isV3: true) with { HasHeaderField = true, HasForwardBody = true },
        TraefikProfile.V2_11_53 => Hardened(For(TraefikProfile.V2_11_42), profile),
        TraefikProfile.V3_6_13 => V36(profile),
        _ => Hardened(V36(profile), profile) with { HasAuthSigninUrl = true, SkipsConnectBody = true },
    };

    private static TraefikFeatures Old(TraefikProfile profile, bool isV3) =>
        new() { Profile = profile, IsV3 = isV3, FakesUserAgent = true };

    private static TraefikFeatures Cleaned(TraefikProfile profile, bool isV3) =>
        Old(profile, isV3) with { CleansConnectionAtEntryPoint = true, StripsForwardedPrefix = true };

    private static TraefikFeatures V36(TraefikProfile profile) => For(TraefikProfile.V3_3) with
    {
        Profile = profile,
        SanitizesPath = true,
        HasPreserveRequestMethod = true,
        HasMaxResponseBodySize = true,
        KnowsClientGone = true,
        FakesUserAgent = false,
        HasParentRouters = true,
    };

    private static TraefikFeatures Hardened(TraefikFeatures features, TraefikProfile profile) => features with
    {
        Profile = profile,
        StripsAliases = true,
        TellsFalseFromUnset = true,
        HasUnderscoreStrategy = true,
    };
}
