namespace Sidecar.Outpost.Channel;

/// <summary>How one call of the channel ended.</summary>
internal enum ChannelStatus : byte
{
    // Zero: nothing was learnt.
    Unavailable = 0,
    Ok,
    NotModified,
    NotFound,

    /// <summary>503 in the control plane's own words: there is nothing yet.</summary>
    NotYet,

    /// <summary>400: what was asked cannot be meant; asking again does not help.</summary>
    BadRequest,

    /// <summary>401 or 403 without a goodbye: this token is not known there, or something else answers. The state stays.</summary>
    Refused,

    /// <summary>401 or 403 in the control plane's own words: stop serving, delete the state.</summary>
    Goodbye,

    /// <summary>An answer that no control plane of ours gives.</summary>
    Foreign,
}
