using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>A whole number in a range.</summary>
internal sealed class NumberSetting(string name, int byDefault, int min, int max) : StageSetting(name)
{
    protected override JsonNode? Default => byDefault;

    public override ValueTask ReadAsync(StageDraft draft, CancellationToken cancel)
    {
        if (draft.Body.TryNumber(Name, out var value, min, max))
        {
            draft.Settings[Name] = value;
        }

        return ValueTask.CompletedTask;
    }
}
