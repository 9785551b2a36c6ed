using System.Text.Json.Serialization;
using Sidecar.ControlPlane.Pages.Stages;

namespace Sidecar.ControlPlane.Flows.Challenges;

public sealed record PromptChoice(string Value, string Label);

public sealed record PromptField
{
    public required string FieldKey { get; init; }

    public required string Label { get; init; }

    public required string Type { get; init; }

    public bool Required { get; init; }

    public string Placeholder { get; init; } = "";

    public string InitialValue { get; init; } = "";

    public int Order { get; init; }

    public string SubText { get; init; } = "";

    // The schema asks for the member even when it is null.
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IReadOnlyList<PromptChoice>? Choices { get; init; }
}

public sealed record PromptChallenge : Challenge
{
    public const string Name = "ak-stage-prompt";

    public override string Component => Name;

    public required IReadOnlyList<PromptField> Fields { get; init; }

    internal override Type View => typeof(PromptView);
}
