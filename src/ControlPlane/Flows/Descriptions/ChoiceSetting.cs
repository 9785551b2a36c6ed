using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>One of a few words. Words of authentik that have no effect here are refused with the reason.</summary>
internal sealed class ChoiceSetting(string name, string byDefault, params string[] choices) : StageSetting(name)
{
    /// <summary>Words that authentik has and we do not.</summary>
    public IReadOnlyDictionary<string, string> Unsupported { get; init; } = new Dictionary<string, string>();

    protected override JsonNode? Default => byDefault;

    public override ValueTask ReadAsync(StageDraft draft, CancellationToken cancel)
    {
        if (draft.Body.TryText(Name, out var text, blank: true) && !Choices.Refuses(draft.Body, Name, text, choices, Unsupported))
        {
            draft.Settings[Name] = text;
        }

        return ValueTask.CompletedTask;
    }
}
