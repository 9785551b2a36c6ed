using System.Text.Json.Serialization;
using Sidecar.ControlPlane.Pages.Stages;

namespace Sidecar.ControlPlane.Flows.Challenges;

public sealed record DummyChallenge : Challenge
{
    public const string Name = "ak-stage-dummy";

    public override string Component => Name;

    [JsonPropertyName("name")]
    public required string Label { get; init; }

    internal override Type View => typeof(DummyView);
}
