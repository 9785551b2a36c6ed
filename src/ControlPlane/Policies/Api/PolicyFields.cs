using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Policies.Descriptions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Policies.Api;

/// <summary>What a request may set on a policy: its name, and what its kind describes.</summary>
internal sealed class PolicyFields(ControlPlaneContext context)
{
    private const int MaxName = 255;

    public async Task ApplyAsync(JsonBody body, PolicyDescription kind, Policy policy, CancellationToken cancel)
    {
        body.Require(["name", .. kind.Settings.Where(setting => setting.IsRequired).Select(setting => setting.Name)]);
        body.Ignore("pk", "component", "verbose_name", "verbose_name_plural", "meta_model_name", "bound_to");
        if (body.TryText("name", out var name, MaxName)
            && !body.Refuses("name", await context.Policies.AnyAsync(other => other.Name == name && other.Id != policy.Id, cancel), "Another policy has this name."))
        {
            policy.Name = name;
        }

        if (body.TryFlag("execution_logging", out var logging))
        {
            policy.ExecutionLogging = logging;
        }

        var draft = new PolicyDraft(body, policy);
        foreach (var setting in kind.Settings)
        {
            setting.Read(draft);
        }

        kind.Check?.Invoke(draft);
        draft.Apply();
    }
}
