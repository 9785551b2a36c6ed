using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>
/// One setting of a kind of stage, under authentik's name: how a request sets it, how an answer shows it and how a list is filtered by it. A setting that
/// its handler does not honour refuses everything but its default; see <see cref="FixedSetting"/>.
/// </summary>
internal abstract class StageSetting(string name)
{
    public string Name => name;

    /// <summary>Whether a new stage must say it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether answers show it.</summary>
    public virtual bool IsShown => true;

    /// <summary>What a stage has that does not say it.</summary>
    protected abstract JsonNode? Default { get; }

    /// <summary>Reads the field into the draft. A field that is missing leaves it as it is; what is wrong is told in the body's errors.</summary>
    public abstract ValueTask ReadAsync(StageDraft draft, CancellationToken cancel);

    /// <summary>How answers show it. The stages are those of one page, for settings that lie in other tables.</summary>
    public virtual ValueTask<Func<Stage, JsonNode?>> ShownAsync(IReadOnlyList<Stage> stages, ControlPlaneContext context, CancellationToken cancel) =>
        ValueTask.FromResult<Func<Stage, JsonNode?>>(ValueOf);

    /// <summary>Null: the query does not ask for it.</summary>
    public virtual ValueTask<Func<Stage, bool>?> FilterAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel) =>
        ValueTask.FromResult<Func<Stage, bool>?>(query.TryText(name, out var text) ? stage => ValueOf(stage)?.ToString() == text : null);

    /// <summary>Whether the stage's value names the object.</summary>
    public virtual bool Names(Stage stage, Guid id) => false;

    /// <summary>The stage's value once the object is deleted. Only asked of a stage that names it.</summary>
    public virtual JsonNode? Without(Stage stage, Guid id) => null;

    protected JsonNode? ValueOf(Stage stage) => stage.Settings.TryGetProperty(name, out var value) ? JsonNode.Parse(value.GetRawText()) : Default;
}
