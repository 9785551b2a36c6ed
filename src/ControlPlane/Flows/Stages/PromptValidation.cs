using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows.Challenges;
using Sidecar.ControlPlane.Policies;
using Sidecar.ControlPlane.Policies.Evaluation;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Stages;

/// <summary>Asks the validation policies of a prompt stage; each must pass.</summary>
internal sealed class PromptValidation(ControlPlaneContext database, PolicyEngine policies)
{
    /// <summary>Adds what is wrong to the errors: at the field that a policy looks at, else at the whole form.</summary>
    public async Task CheckAsync(StageVisit visit, IReadOnlyList<Prompt> prompts, StageAnswer answer, ResponseErrors errors, CancellationToken cancel)
    {
        var validations = await database.StageValidations.AsNoTracking().Where(link => link.StageId == visit.Stage.Id)
            .Join(database.Policies, link => link.PolicyId, policy => policy.Id, (_, policy) => policy).OrderBy(policy => policy.Name).ToListAsync(cancel);
        if (validations.Count == 0)
        {
            return;
        }

        var request = RequestOf(visit, prompts, answer, await visit.PendingUserAsync(cancel));
        foreach (var policy in validations)
        {
            var result = await policies.AskAsync(policy, request, PolicyEngine.DefaultTimeout, cancel) ?? PolicyResult.Fail("This could not be checked in time. Try again in a few minutes.");
            if (!result.Passing)
            {
                Add(errors, FieldOf(policy, prompts), result.Messages is [] ? ["This was refused by a policy."] : result.Messages);
            }
        }
    }

    // Other fields may change what a password must not resemble, so a name that is being chosen counts as the user's.
    private static PolicyRequest RequestOf(StageVisit visit, IReadOnlyList<Prompt> prompts, StageAnswer answer, User? user) => new()
    {
        User = user ?? Future(visit),
        Identifier = visit.Context.Identifier,
        Address = visit.Http.Connection.RemoteIpAddress,
        Answers = prompts.Select(prompt => prompt.FieldKey).Distinct().Where(key => answer.Text(key) is not null).ToDictionary(key => key, key => answer.Text(key)!, StringComparer.Ordinal),
    };

    private static User? Future(StageVisit visit) => visit.Context.PromptData.GetValueOrDefault("username") is { Length: > 0 } name
        ? new User
        {
            Username = name,
            Name = visit.Context.PromptData.GetValueOrDefault("name") ?? "",
            Email = visit.Context.PromptData.GetValueOrDefault("email") ?? "",
            DateJoined = default,
        }
        : null;

    private static string FieldOf(Policy policy, IReadOnlyList<Prompt> prompts)
    {
        var field = policy.Kind is PolicyKind.Password or PolicyKind.UniquePassword ? policy.Settings.Text("password_field", "password") : null;
        return prompts.Any(prompt => prompt.FieldKey == field) ? field! : ResponseErrors.General;
    }

    private static void Add(ResponseErrors errors, string field, IEnumerable<string> messages) =>
        errors[field] = [.. errors.GetValueOrDefault(field) ?? [], .. messages.Select(message => new ErrorDetail(message, "invalid"))];
}
