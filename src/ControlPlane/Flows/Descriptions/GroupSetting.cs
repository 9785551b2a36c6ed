using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;

namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>A group of users.</summary>
internal sealed class GroupSetting(string name) : ReferenceSetting(name)
{
    protected override async Task<bool> IsFitAsync(StageDraft draft, Guid id, CancellationToken cancel) =>
        !draft.Body.Refuses(Name, !await draft.Context.Groups.AnyAsync(group => group.Id == id, cancel), $"There is no group \"{id}\".");
}
