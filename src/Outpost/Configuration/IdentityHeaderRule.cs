namespace Sidecar.Outpost.Configuration;

/// <summary>What becomes of a request that brings an identity header itself: <c>SIDECAR_IDENTITY_HEADERS</c>.</summary>
internal enum IdentityHeaderRule
{
    // Zero, so that a value nobody set keeps forged names out.
    Refuse = 0,

    /// <summary>
    /// A proxy in front puts them there, as in chained forward-auth: they count for nothing, and the proxy that asks must replace all twelve by those of the
    /// answer. Other spellings of them are still refused.
    /// </summary>
    Ignore = 1,
}
