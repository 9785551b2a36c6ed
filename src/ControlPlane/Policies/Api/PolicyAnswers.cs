using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Policies.Descriptions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Policies.Api;

/// <summary>Policies as the schema has them: <c>Policy</c>, or, with settings, the schema of their kind.</summary>
internal sealed class PolicyAnswers(ControlPlaneContext context, PolicyDescriptions descriptions)
{
    /// <summary>Without the settings, which only the kind's own address shows.</summary>
    public async Task<IReadOnlyList<JsonObject>> PlainAsync(IReadOnlyList<Policy> policies, CancellationToken cancel)
    {
        var ids = policies.Select(policy => policy.Id).ToList();
        var bindings = await context.Bindings.Where(binding => ids.Contains(binding.PolicyId!.Value)).Select(binding => binding.PolicyId!.Value).ToListAsync(cancel);
        var stages = await context.StageValidations.Where(link => ids.Contains(link.PolicyId)).Select(link => link.PolicyId).ToListAsync(cancel);
        var uses = bindings.Concat(stages).CountBy(id => id).ToDictionary();
        return [.. policies.Select(policy => Of(policy, descriptions.Of(policy.Kind), uses.GetValueOrDefault(policy.Id)))];
    }

    /// <summary>With the settings. All policies are of this kind.</summary>
    public async Task<IReadOnlyList<JsonObject>> WholeAsync(PolicyDescription kind, IReadOnlyList<Policy> policies, CancellationToken cancel)
    {
        var answers = await PlainAsync(policies, cancel);
        foreach (var (answer, policy) in answers.Zip(policies))
        {
            foreach (var setting in kind.Settings)
            {
                answer[setting.Name] = setting.ValueOf(policy);
            }
        }

        return answers;
    }

    private static JsonObject Of(Policy policy, PolicyDescription kind, int uses) => new()
    {
        ["pk"] = policy.Id,
        ["name"] = policy.Name,
        ["execution_logging"] = policy.ExecutionLogging,
        ["component"] = kind.FormComponent,
        ["verbose_name"] = kind.Name,
        ["verbose_name_plural"] = kind.Plural,
        ["meta_model_name"] = $"{kind.App}.{kind.Model}",
        ["bound_to"] = uses,
    };
}
