using Sidecar.ControlPlane.Pages.Stages;

namespace Sidecar.ControlPlane.Flows.Challenges;

public sealed record ConsentItem(string Id, string Name);

public sealed record ConsentChallenge : Challenge
{
    public const string Name = "ak-stage-consent";

    public override string Component => Name;

    public required string PendingUser { get; init; }

    public string PendingUserAvatar { get; init; } = "";

    public required string HeaderText { get; init; }

    public required IReadOnlyList<ConsentItem> Permissions { get; init; }

    public IReadOnlyList<ConsentItem> AdditionalPermissions { get; init; } = [];

    /// <summary>Must come back with the answer: consent is given to what was shown.</summary>
    public required string Token { get; init; }

    internal override Type View => typeof(ConsentView);
}
