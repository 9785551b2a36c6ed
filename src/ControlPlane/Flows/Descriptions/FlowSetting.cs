using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Flows.Api;

namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>A flow, made for one purpose or, without one, any.</summary>
internal sealed class FlowSetting(string name, FlowDesignation? designation) : ReferenceSetting(name)
{
    protected override async Task<bool> IsFitAsync(StageDraft draft, Guid id, CancellationToken cancel) => designation is { } purpose
        ? await new FlowChoice(draft.Context).IsAsync(draft.Body, Name, id, purpose, cancel)
        : !draft.Body.Refuses(Name, !await draft.Context.Flows.AnyAsync(flow => flow.Id == id, cancel), $"There is no flow \"{id}\".");
}
