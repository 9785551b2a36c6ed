using Sidecar.Contracts.Snapshots;

namespace Sidecar.ControlPlane.Applications;

/// <summary>Protects a web service by a proxy's forward authentication.</summary>
internal sealed class ProxyProvider : Provider
{
    public ProxyMode Mode { get; set; }

    public required string ExternalHost { get; set; }

    public string InternalHost { get; set; } = "";

    public bool InternalHostSslValidation { get; set; } = true;

    public string CookieDomain { get; set; } = "";

    /// <summary>Paths open to everybody, RE2 syntax, one a line.</summary>
    public string SkipPathRegex { get; set; } = "";

    public bool InterceptHeaderAuth { get; set; } = true;

    public bool BasicAuthEnabled { get; set; }

    public string BasicAuthUserAttribute { get; set; } = "";

    public string BasicAuthPasswordAttribute { get; set; } = "";

    /// <summary>A ticket's lifetime, as authentik writes it: <c>hours=24</c>.</summary>
    public string AccessTokenValidity { get; set; } = "hours=24";

    public string RefreshTokenValidity { get; set; } = "days=30";

    public required string ClientId { get; set; }

    /// <summary>Wrapped; see <see cref="ProxyProviderSecrets"/>.</summary>
    public required byte[] ClientSecretWrapped { get; set; }

    public required byte[] SealingKeyWrapped { get; set; }

    /// <summary>Still opens what was sealed before the last rotation.</summary>
    public byte[]? PreviousSealingKeyWrapped { get; set; }

    public int IdentityBudgetBytes { get; set; } = 16 * 1024;

    public GroupChoice GroupChoice { get; set; }

    public string GroupPrefix { get; set; } = "";

    public bool HideTicket { get; set; }

    public bool SendAssertion { get; set; } = true;

    /// <summary>Refused after 60 seconds without contact between outpost and control plane.</summary>
    public bool Strict { get; set; }
}
