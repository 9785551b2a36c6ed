using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>Stages of some kinds, in the order given. One that is deleted leaves the list.</summary>
internal sealed class StageListSetting(string name, params string[] kinds) : StageSetting(name)
{
    protected override JsonNode? Default => new JsonArray();

    public static IReadOnlyList<Guid> IdsOf(System.Text.Json.JsonElement settings, string name) =>
        [.. (settings.Texts(name) ?? []).Select(text => Guid.TryParse(text, out var id) ? id : (Guid?)null).OfType<Guid>()];

    public override async ValueTask ReadAsync(StageDraft draft, CancellationToken cancel)
    {
        if (!draft.Body.TryIds(Name, out var asked))
        {
            return;
        }

        var known = await draft.Context.Stages.Where(stage => asked.Contains(stage.Id) && kinds.Contains(stage.Kind)).Select(stage => stage.Id).ToListAsync(cancel);
        if (!draft.Body.Refuses(
            Name, asked.Except(known).Any(), $"\"{asked.Except(known).FirstOrDefault()}\" is no stage of the kinds {string.Join(", ", kinds)}."))
        {
            draft.Settings[Name] = ListOf(asked);
        }
    }

    public override bool Names(Stage stage, Guid id) => IdsOf(stage.Settings, Name).Contains(id);

    public override JsonNode Without(Stage stage, Guid id) => ListOf(IdsOf(stage.Settings, Name).Where(other => other != id));

    public override ValueTask<Func<Stage, bool>?> FilterAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel) =>
        ValueTask.FromResult<Func<Stage, bool>?>(query.TryIds(Name, out var asked) ? stage => asked.Any(id => Names(stage, id)) : null);

    private static JsonArray ListOf(IEnumerable<Guid> ids) => new([.. ids.Select(id => JsonValue.Create($"{id:D}"))]);
}
