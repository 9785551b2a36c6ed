using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Policies.Descriptions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Stages;

/// <summary>The policies that must pass an answer: rows of their own, so that a policy knows where it is used.</summary>
internal sealed class ValidationPoliciesSetting(string name, IEnumerable<PolicyDescription> kinds) : StageSetting(name)
{
    private readonly Dictionary<string, string> _unfit = kinds.Where(kind => kind.NotAtPrompts is not null).ToDictionary(kind => kind.Kind, kind => kind.NotAtPrompts!, StringComparer.Ordinal);

    protected override JsonNode? Default => new JsonArray();

    public override async ValueTask ReadAsync(StageDraft draft, CancellationToken cancel)
    {
        if (!draft.Body.TryIds(Name, out var asked))
        {
            return;
        }

        var context = draft.Context;
        var known = await context.Policies.AsNoTracking().Where(policy => asked.Contains(policy.Id)).ToListAsync(cancel);
        var missing = asked.Except(known.Select(policy => policy.Id)).ToList();
        var unfit = known.Find(policy => _unfit.ContainsKey(policy.Kind));
        if (draft.Body.Refuses(Name, missing.Count > 0, $"There is no policy \"{missing.FirstOrDefault()}\".")
            || draft.Body.Refuses(Name, unfit is not null, unfit is null ? "" : $"\"{unfit.Name}\" cannot check an answer: {_unfit[unfit.Kind]}"))
        {
            return;
        }

        var links = await context.StageValidations.Where(link => link.StageId == draft.Stage.Id).ToListAsync(cancel);
        context.RemoveRange(links.Where(link => !asked.Contains(link.PolicyId)));
        context.AddRange(asked.Except(links.Select(link => link.PolicyId)).Select(policy => new StageValidation { StageId = draft.Stage.Id, PolicyId = policy }));
    }

    public override async ValueTask<Func<Stage, JsonNode?>> ShownAsync(IReadOnlyList<Stage> stages, ControlPlaneContext context, CancellationToken cancel)
    {
        var ids = stages.Select(stage => stage.Id).ToList();
        var links = (await context.StageValidations.AsNoTracking().Where(link => ids.Contains(link.StageId)).OrderBy(link => link.PolicyId).ToListAsync(cancel))
            .ToLookup(link => link.StageId, link => link.PolicyId);
        return stage => new JsonArray([.. links[stage.Id].Select(policy => JsonValue.Create(policy))]);
    }

    public override async ValueTask<Func<Stage, bool>?> FilterAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel)
    {
        if (!query.TryIds(Name, out var asked))
        {
            return null;
        }

        var stages = await context.StageValidations.AsNoTracking().Where(link => asked.Contains(link.PolicyId)).Select(link => link.StageId).ToListAsync(cancel);
        return stage => stages.Contains(stage.Id);
    }
}
