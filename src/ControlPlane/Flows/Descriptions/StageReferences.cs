using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Descriptions;

/// <summary>Stages whose settings name another object. There are few stages, so they are looked through; no foreign key could point out of a JSON column.</summary>
internal sealed class StageReferences(ControlPlaneContext context, StageDescriptions descriptions)
{
    public async Task<IReadOnlyList<(Stage Stage, StageDescription Description)>> ToAsync(Guid id, CancellationToken cancel) =>
    [
        .. (await context.Stages.AsNoTracking().OrderBy(stage => stage.Name).ToListAsync(cancel)).Where(stage => NamingIn(stage, id).Any())
            .Select(stage => (stage, descriptions.Of(stage.Kind))),
    ];

    /// <summary>The object is about to be deleted: settings that name it become null, or shorter, in the same save.</summary>
    public async Task ClearAsync(Guid id, CancellationToken cancel)
    {
        foreach (var stage in await context.Stages.ToListAsync(cancel))
        {
            if (NamingIn(stage, id).ToList() is [_, ..] names)
            {
                var settings = JsonNode.Parse(stage.Settings.GetRawText())!.AsObject();
                names.ForEach(setting => settings[setting.Name] = setting.Without(stage, id));
                stage.Settings = JsonObjects.From(settings);
            }
        }
    }

    private IEnumerable<StageSetting> NamingIn(Stage stage, Guid id) => descriptions.Of(stage.Kind).Settings.Where(setting => setting.Names(stage, id));
}
