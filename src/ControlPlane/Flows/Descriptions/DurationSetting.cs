using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.Validation;
using Sidecar.ControlPlane.Applications;

namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>A span of time in authentik's form. What zero means, the stage says.</summary>
internal sealed class DurationSetting(string name, string byDefault) : StageSetting(name)
{
    public bool MayBeZero { get; init; }

    protected override JsonNode? Default => byDefault;

    public override ValueTask ReadAsync(StageDraft draft, CancellationToken cancel)
    {
        if (draft.Body.TryText(Name, out var text)
            && !draft.Body.Refuses(
                Name, Duration.TryParse(text) is not { } span || span < TimeSpan.Zero || (span == TimeSpan.Zero && !MayBeZero), $"Not a duration. {ValidatedFields.DurationHelp}"))
        {
            draft.Settings[Name] = text;
        }

        return ValueTask.CompletedTask;
    }
}
