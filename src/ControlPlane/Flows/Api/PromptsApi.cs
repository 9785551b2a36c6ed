using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Api;
using Sidecar.ControlPlane.Api.Access;
using Sidecar.ControlPlane.Api.Errors;
using Sidecar.ControlPlane.Api.Paging;
using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Api.UsedBy;
using Sidecar.ControlPlane.Flows.Challenges;
using Sidecar.ControlPlane.Flows.Http;
using Sidecar.ControlPlane.Flows.Stages;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Api;

/// <summary><c>stages/prompt/prompts</c>: fields, which any prompt stage may show.</summary>
internal static class PromptsApi
{
    private static readonly Ordering<Prompt> Ordering = new Ordering<Prompt>(byDefault: "order", unique: "name")
        .With("name", prompt => prompt.Name)
        .With("field_key", prompt => prompt.FieldKey)
        .With("label", prompt => prompt.Label)
        .With("type", prompt => prompt.Type)
        .With("required", prompt => prompt.Required)
        .With("order", prompt => prompt.Order)
        .With("pk", prompt => prompt.Id);

    public static void MapPromptsApi(this IEndpointRouteBuilder api)
    {
        var prompts = api.MapGroup("stages/prompt/prompts");
        prompts.MapGet("/", ListAsync).ForSuperusers();
        prompts.MapPost("/", CreateAsync).ForSuperusers();
        prompts.MapPost("/preview/", PreviewAsync).ForSuperusers();
        prompts.MapGet("/{id:guid}/", RetrieveAsync).ForSuperusers();
        prompts.MapMethods("/{id:guid}/", ["PUT", "PATCH"], UpdateAsync).ForSuperusers();
        prompts.MapDelete("/{id:guid}/", DeleteAsync).ForSuperusers();
        prompts.MapGet("/{id:guid}/used_by/", UsedByAsync).ForSuperusers();
    }

    private static async Task<IResult> ListAsync(QueryReader query, ControlPlaneContext context, PromptAnswers answers, CancellationToken cancel) =>
        await Filtered(context.Prompts.AsNoTracking(), query).ListAsync(query, Ordering, prompts => answers.OfAsync(prompts, cancel), cancel);

    private static async Task<IResult> RetrieveAsync(Guid id, ControlPlaneContext context, PromptAnswers answers, CancellationToken cancel) =>
        await context.Prompts.AsNoTracking().SingleOrDefaultAsync(prompt => prompt.Id == id, cancel) is { } prompt
            ? ApiResults.Json((await answers.OfAsync([prompt], cancel))[0])
            : ApiResults.NotFound();

    private static async Task<IResult> CreateAsync(JsonBody body, PromptFields fields, ApiSave save, ControlPlaneContext context, PromptAnswers answers, CancellationToken cancel)
    {
        var prompt = PromptFields.Blank();
        await fields.ApplyAsync(body, prompt, cancel);
        context.Prompts.Add(prompt);
        return await save.SaveAsync(body, cancel) ?? ApiResults.Created((await answers.OfAsync([prompt], cancel))[0]);
    }

    private static async Task<IResult> UpdateAsync(
        Guid id, JsonBody body, PromptFields fields, ApiSave save, ControlPlaneContext context, PromptAnswers answers, CancellationToken cancel)
    {
        if (await context.Prompts.SingleOrDefaultAsync(prompt => prompt.Id == id, cancel) is not { } prompt)
        {
            return ApiResults.NotFound();
        }

        await fields.ApplyAsync(body, prompt, cancel);
        return await save.SaveAsync(body, cancel) ?? ApiResults.Json((await answers.OfAsync([prompt], cancel))[0]);
    }

    /// <summary>The field as a page would show it. Nothing is saved, so the name may be another prompt's.</summary>
    private static async Task<IResult> PreviewAsync(JsonBody body, PromptFields fields, CancellationToken cancel)
    {
        var prompt = PromptFields.Blank();
        await fields.ApplyAsync(body, prompt, cancel);
        return body.Finish() ? ChallengeJson.Of(new PromptChallenge { Fields = [PromptFieldRules.Show(prompt, prompt.InitialValue)] }) : ApiResults.Invalid(body.Errors);
    }

    private static async Task<IResult> DeleteAsync(Guid id, ApiSave save, ControlPlaneContext context, CancellationToken cancel)
    {
        if (await context.Prompts.SingleOrDefaultAsync(prompt => prompt.Id == id, cancel) is not { } prompt)
        {
            return ApiResults.NotFound();
        }

        context.Set<StagePrompt>().RemoveRange(await context.Set<StagePrompt>().Where(link => link.PromptId == id).ToListAsync(cancel));
        context.Prompts.Remove(prompt);
        return await save.SaveAsync(cancel) ?? ApiResults.NoContent();
    }

    private static async Task<IResult> UsedByAsync(Guid id, ControlPlaneContext context, CancellationToken cancel) =>
        await context.Prompts.AnyAsync(prompt => prompt.Id == id, cancel) ? ApiResults.Json(await References.OfPromptAsync(context, id, cancel)) : ApiResults.NotFound();

    private static IQueryable<Prompt> Filtered(IQueryable<Prompt> prompts, QueryReader query)
    {
        if (query.TryText("name", out var name))
        {
            prompts = prompts.Where(prompt => prompt.Name == name);
        }

        if (query.TryText("field_key", out var key))
        {
            prompts = prompts.Where(prompt => prompt.FieldKey == key);
        }

        if (query.TryText("label", out var label))
        {
            prompts = prompts.Where(prompt => prompt.Label == label);
        }

        if (query.TryText("placeholder", out var placeholder))
        {
            prompts = prompts.Where(prompt => prompt.Placeholder == placeholder);
        }

        if (query.TryText("type", out var type))
        {
            prompts = prompts.Where(prompt => prompt.Type == type);
        }

        return prompts.Searched(query, prompt => prompt.Name, prompt => prompt.FieldKey, prompt => prompt.Label, prompt => prompt.Placeholder);
    }
}
