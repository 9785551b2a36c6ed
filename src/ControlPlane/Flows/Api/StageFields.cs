using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Keys;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary>What a request may set on a stage: its name, and what its kind describes.</summary>
internal sealed class StageFields(ControlPlaneContext context, KeyWrap wrap)
{
    private const int MaxName = 255;

    public async Task ApplyAsync(JsonBody body, StageDescription kind, Stage stage, CancellationToken cancel)
    {
        body.Require(["name", .. kind.Settings.Where(setting => setting.IsRequired).Select(setting => setting.Name)]);
        body.Ignore("pk", "component", "verbose_name", "verbose_name_plural", "meta_model_name", "flow_set");
        if (body.TryText("name", out var name, MaxName)
            && !body.Refuses("name", await context.Stages.AnyAsync(other => other.Name == name && other.Id != stage.Id, cancel), "Another stage has this name."))
        {
            stage.Name = name;
        }

        var draft = new StageDraft(body, stage, context, wrap);
        foreach (var setting in kind.Settings)
        {
            await setting.ReadAsync(draft, cancel);
        }

        kind.Check?.Invoke(draft);
        draft.Apply();
    }
}
