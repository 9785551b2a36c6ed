using System.Text.Json;
using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>Some of a few words, in the order given.</summary>
internal sealed class ChoicesSetting(string name, string[] byDefault, params string[] choices) : StageSetting(name)
{
    /// <summary>Words that authentik has and we do not.</summary>
    public IReadOnlyDictionary<string, string> Unsupported { get; init; } = new Dictionary<string, string>();

    public bool MayBeEmpty { get; init; }

    protected override JsonNode? Default => ListOf(byDefault);

    public override ValueTask ReadAsync(StageDraft draft, CancellationToken cancel)
    {
        if (draft.Body.TryFind(Name, out var list)
            && !draft.Body.Refuses(
                Name, list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String || !item.TryString(out _)), "Must be a list of texts.")
            && !draft.Body.Refuses(Name, !MayBeEmpty && list.GetArrayLength() == 0, "This list may not be empty."))
        {
            Set(draft, [.. list.EnumerateArray().Select(item => item.GetString()!).Distinct(StringComparer.Ordinal)]);
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask<Func<Stage, bool>?> FilterAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel) =>
        ValueTask.FromResult<Func<Stage, bool>?>(
            query.TryTexts(Name, out var asked) ? stage => ValueOf(stage)!.AsArray().Any(item => asked.Contains(item!.GetValue<string>())) : null);

    private void Set(StageDraft draft, string[] values)
    {
        if (!values.Any(value => Choices.Refuses(draft.Body, Name, value, choices, Unsupported)))
        {
            draft.Settings[Name] = ListOf(values);
        }
    }

    private static JsonArray ListOf(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);
}
