using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>One line of text, which may be empty.</summary>
internal sealed class TextSetting(string name, int max = 1024, string byDefault = "") : StageSetting(name)
{
    /// <summary>What is wrong with a text; null: nothing.</summary>
    public Func<string, string?>? ProblemOf { get; init; }

    protected override JsonNode? Default => byDefault;

    public override ValueTask ReadAsync(StageDraft draft, CancellationToken cancel)
    {
        if (draft.Body.TryText(Name, out var value, max, blank: true) && ProblemOf?.Invoke(value) is var problem && !draft.Body.Refuses(Name, problem is not null, problem ?? ""))
        {
            draft.Settings[Name] = value;
        }

        return ValueTask.CompletedTask;
    }
}
