using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>A setting of authentik that has no effect here: its default is accepted and shown, everything else is refused with the reason.</summary>
/// <param name="name">authentik's name.</param>
/// <param name="byDefault">As JSON.</param>
/// <param name="reason">Why nothing else can be said, for the administrator.</param>
internal sealed class FixedSetting(string name, string byDefault, string reason) : StageSetting(name)
{
    protected override JsonNode? Default => JsonNode.Parse(byDefault);

    public override ValueTask ReadAsync(StageDraft draft, CancellationToken cancel)
    {
        if (draft.Body.Find(Name) is { } given)
        {
            draft.Body.Refuses(Name, !JsonNode.DeepEquals(JsonNode.Parse(given.GetRawText()), Default), $"Only {byDefault} is possible: {reason}");
        }

        return ValueTask.CompletedTask;
    }

    // A stage that was stored with another value says what happens, not what was wished.
    public override ValueTask<Func<Stage, JsonNode?>> ShownAsync(IReadOnlyList<Stage> stages, ControlPlaneContext context, CancellationToken cancel) =>
        ValueTask.FromResult<Func<Stage, JsonNode?>>(_ => Default);

    public override ValueTask<Func<Stage, bool>?> FilterAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel)
    {
        var shown = Default?.ToString() ?? "";
        return ValueTask.FromResult<Func<Stage, bool>?>(query.TryText(Name, out var text) ? _ => string.Equals(text, shown, StringComparison.OrdinalIgnoreCase) : null);
    }
}
