using Sidecar.ControlPlane.Pages.Stages;

namespace Sidecar.ControlPlane.Flows.Challenges;

public sealed record IdentificationChallenge : Challenge
{
    public const string Name = "ak-stage-identification";

    public override string Component => Name;

    public required IReadOnlyList<string> UserFields { get; init; }

    public string? PendingUserIdentifier { get; init; }

    public bool PasswordFields { get; init; }

    public bool AllowShowPassword { get; init; }

    public string? ApplicationPre { get; init; }

    public required string FlowDesignation { get; init; }

    public string PrimaryAction { get; init; } = "Log in";

    public IReadOnlyList<object> Sources { get; init; } = [];

    public bool ShowSourceLabels { get; init; }

    public bool EnableRememberMe { get; init; }

    public string? RecoveryUrl { get; init; }

    public string? EnrollUrl { get; init; }

    public string? PasswordlessUrl { get; init; }

    /// <summary>Nobody can be named here: neither fields nor another way are set up.</summary>
    internal bool IsClosed => UserFields.Count == 0 && Sources.Count == 0;

    internal override Type View => typeof(IdentificationView);
}
