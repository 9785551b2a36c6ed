using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>A number from -1 to 1, as services for captchas give scores.</summary>
internal sealed class DecimalSetting(string name, double byDefault) : StageSetting(name)
{
    protected override JsonNode? Default => byDefault;

    public override ValueTask ReadAsync(StageDraft draft, CancellationToken cancel)
    {
        if (draft.Body.TryFind(Name, out var json))
        {
            var number = json.ValueKind == JsonValueKind.Number ? json.GetDouble() : double.NaN;
            if (!draft.Body.Refuses(Name, number is not (>= -1 and <= 1), "Must be a number from -1 to 1."))
            {
                draft.Settings[Name] = number;
            }
        }

        return ValueTask.CompletedTask;
    }

    public static double Read(JsonElement settings, string name, double otherwise) =>
        settings.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : otherwise;
}
