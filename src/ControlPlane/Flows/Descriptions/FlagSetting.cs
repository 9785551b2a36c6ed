using System.Text.Json.Nodes;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>True or false.</summary>
internal sealed class FlagSetting(string name, bool byDefault) : StageSetting(name)
{
    protected override JsonNode? Default => byDefault;

    public override ValueTask ReadAsync(StageDraft draft, CancellationToken cancel)
    {
        if (draft.Body.TryFlag(Name, out var value))
        {
            draft.Settings[Name] = value;
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask<Func<Stage, bool>?> FilterAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel) =>
        ValueTask.FromResult<Func<Stage, bool>?>(query.TryFlag(Name, out var asked) ? stage => ValueOf(stage)!.GetValue<bool>() == asked : null);
}
