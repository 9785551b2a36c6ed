using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>A stage of one kind.</summary>
internal sealed class StageReferenceSetting(string name, string kind) : ReferenceSetting(name)
{
    protected override async Task<bool> IsFitAsync(StageDraft draft, Guid id, CancellationToken cancel) =>
        !draft.Body.Refuses(Name, !await draft.Context.Stages.AnyAsync(stage => stage.Id == id && stage.Kind == kind, cancel), $"There is no {kind} stage \"{id}\".");
}
