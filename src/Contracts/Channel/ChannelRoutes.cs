namespace Sidecar.Contracts.Channel;

/// <summary>Addresses of the channel between an outpost and its control plane, relative to <c>AUTHENTIK_HOST</c>.</summary>
public static class ChannelRoutes
{
    public const string Trust = "api/outpost/v1/trust";
    public const string Registration = "api/outpost/v1/registration";
    public const string Report = "api/outpost/v1/report";
    public const string Snapshot = "api/outpost/v1/snapshot";
    public const string Secrets = "api/outpost/v1/secrets";
    public const string Principals = "api/outpost/v1/principals";
    public const string PrincipalRevisions = "api/outpost/v1/principals/revisions";
    public const string Stream = "api/outpost/v1/stream";
    public const string Changes = "api/outpost/v1/changes";
    public const string Sessions = "api/outpost/v1/sessions";
    public const string Credentials = "api/outpost/v1/credentials/check";

    /// <summary>OAuth token endpoint (RFC 6749 section 3.2).</summary>
    public const string Token = "application/o/token/";

    /// <summary>On the token request: the outpost's token. With it the answer carries a <see cref="TicketGrant"/>.</summary>
    public const string OutpostTokenHeader = "Sidecar-Outpost-Token";

    /// <summary>On every request of the channel: the UUID of this process's state folder.</summary>
    public const string InstanceHeader = "Sidecar-Outpost-Instance";

    /// <summary>On every answer: control-plane time, Unix milliseconds.</summary>
    public const string TimeHeader = "Sidecar-Time";
}
