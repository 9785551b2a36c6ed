using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Stages;

/// <summary>The prompts that a prompt stage shows: rows of their own, which several stages can share.</summary>
internal sealed class PromptFieldsSetting(string name) : StageSetting(name)
{
    protected override JsonNode? Default => new JsonArray();

    public override async ValueTask ReadAsync(StageDraft draft, CancellationToken cancel)
    {
        if (!draft.Body.TryIds(Name, out var asked))
        {
            return;
        }

        var context = draft.Context;
        var known = await context.Prompts.Where(prompt => asked.Contains(prompt.Id)).Select(prompt => prompt.Id).ToListAsync(cancel);
        if (draft.Body.Refuses(Name, asked.Except(known).Any(), $"There is no prompt \"{asked.Except(known).FirstOrDefault()}\"."))
        {
            return;
        }

        var links = await context.Set<StagePrompt>().Where(link => link.StageId == draft.Stage.Id).ToListAsync(cancel);
        context.RemoveRange(links.Where(link => !asked.Contains(link.PromptId)));
        context.AddRange(asked.Except(links.Select(link => link.PromptId)).Select(prompt => new StagePrompt { StageId = draft.Stage.Id, PromptId = prompt }));
    }

    public override async ValueTask<Func<Stage, JsonNode?>> ShownAsync(IReadOnlyList<Stage> stages, ControlPlaneContext context, CancellationToken cancel)
    {
        var ids = stages.Select(stage => stage.Id).ToList();
        var links = await LinksAsync(context, link => ids.Contains(link.StageId), cancel);
        return stage => new JsonArray([.. links[stage.Id].Select(prompt => JsonValue.Create(prompt))]);
    }

    public override async ValueTask<Func<Stage, bool>?> FilterAsync(QueryReader query, ControlPlaneContext context, CancellationToken cancel)
    {
        if (!query.TryIds(Name, out var asked))
        {
            return null;
        }

        var links = await LinksAsync(context, link => asked.Contains(link.PromptId), cancel);
        return stage => links.Contains(stage.Id);
    }

    // In the order in which the page shows them.
    private static async Task<ILookup<Guid, Guid>> LinksAsync(
        ControlPlaneContext context, System.Linq.Expressions.Expression<Func<StagePrompt, bool>> which, CancellationToken cancel)
    {
        var links = await context.Set<StagePrompt>().AsNoTracking().Where(which)
            .Join(context.Prompts, link => link.PromptId, prompt => prompt.Id, (link, prompt) => new { link.StageId, link.PromptId, prompt.Order, prompt.FieldKey })
            .OrderBy(row => row.Order).ThenBy(row => row.FieldKey).ToListAsync(cancel);
        return links.ToLookup(row => row.StageId, row => row.PromptId);
    }
}
