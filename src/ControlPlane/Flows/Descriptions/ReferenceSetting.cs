using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>Null, or the id of another object that must exist. When that object is deleted, the setting becomes null; see <see cref="StageReferences"/>.</summary>
internal abstract class ReferenceSetting(string name) : StageSetting(name)
{
    protected override JsonNode? Default => null;

    public Guid? IdOf(Stage stage) => stage.Settings.Id(Name);

    public override bool Names(Stage stage, Guid id) => IdOf(stage) == id;

    public override async ValueTask ReadAsync(StageDraft draft, CancellationToken cancel)
    {
        if (draft.Body.TryNullableId(Name, out var id) && (id is null || await IsFitAsync(draft, id.Value, cancel)))
        {
            draft.Settings[Name] = id is { } value ? JsonValue.Create($"{value:D}") : null;
        }
    }

    public override ValueTask<Func<Stage, bool>?> FilterAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel) =>
        ValueTask.FromResult<Func<Stage, bool>?>(query.TryId(Name, out var asked) ? stage => IdOf(stage) == asked : null);

    /// <summary>Whether the object is there and of the right kind; if not, it says so in the body's errors.</summary>
    protected abstract Task<bool> IsFitAsync(StageDraft draft, Guid id, CancellationToken cancel);
}
