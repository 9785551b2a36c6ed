namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>What a kind of stage is called and which settings it has: the API of every kind comes from this.</summary>
internal sealed record StageDescription
{
    /// <summary>One of <see cref="StageKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>For people: <c>User Login Stage</c>.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence: what it does.</summary>
    public required string Summary { get; init; }

    /// <summary>Where the API has it under <c>stages/</c>, when that is not the kind.</summary>
    public string? Path { get; init; }

    public IReadOnlyList<StageSetting> Settings { get; init; } = [];

    /// <summary>What two settings together must be; it adds to the errors of the draft's body. It is called after every setting was read.</summary>
    public Action<StageDraft>? Check { get; init; }

    /// <summary>What the kind offers a signed-in user to set up for themselves; null: nothing.</summary>
    public UserSettingDescription? UserSetting { get; init; }

    public string Plural => Name + "s";

    /// <summary>authentik's name of the form in which the kind is edited.</summary>
    public string FormComponent => $"ak-stage-{Kind.Replace('_', '-')}-form";

    public string App => "authentik_stages_" + Kind;

    public string Model => Kind.Replace("_", "", StringComparison.Ordinal) + "stage";
}
