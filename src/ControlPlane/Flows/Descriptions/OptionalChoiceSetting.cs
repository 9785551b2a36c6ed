using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>One of a few words, or null.</summary>
internal sealed class OptionalChoiceSetting(string name, params string[] choices) : StageSetting(name)
{
    protected override JsonNode? Default => null;

    public override ValueTask ReadAsync(StageDraft draft, CancellationToken cancel)
    {
        if (draft.Body.Find(Name) is { ValueKind: JsonValueKind.Null })
        {
            draft.Settings[Name] = null;
        }
        else if (draft.Body.TryText(Name, out var text, blank: true) && !Choices.Refuses(draft.Body, Name, text, choices, new Dictionary<string, string>()))
        {
            draft.Settings[Name] = text;
        }

        return ValueTask.CompletedTask;
    }
}
