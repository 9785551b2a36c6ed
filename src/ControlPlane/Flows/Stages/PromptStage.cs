using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Directory.Names;
using Sidecar.ControlPlane.Flows.Challenges;
using Sidecar.ControlPlane.Passwords;
using Sidecar.ControlPlane.Setup;

namespace Sidecar.ControlPlane.Flows.Stages;

/// <summary>Asks for the fields that an administrator chose. A password is hashed before the run keeps it.</summary>
internal sealed class PromptStage(PasswordWork passwords, SetUpFields setUp, PromptValidation validation) : IStageHandler
{
    private const string PasswordType = "password";

    public string Kind => StageKind.Prompt;

    public async Task<StageOutcome> EnterAsync(StageVisit visit, CancellationToken cancel)
    {
        var user = await visit.PendingUserAsync(cancel);
        return new StageOutcome.Ask(new PromptChallenge { Fields = [.. (await PromptsAsync(visit, cancel)).Select(prompt => Show(visit, prompt, user))] });
    }

    public async Task<StageOutcome> AnswerAsync(StageVisit visit, StageAnswer answer, CancellationToken cancel)
    {
        var prompts = await PromptsAsync(visit, cancel);
        var errors = new ResponseErrors();
        var data = new Dictionary<string, string>(visit.Context.PromptData);
        var user = await visit.PendingUserAsync(cancel);
        foreach (var prompt in prompts)
        {
            Read(visit, prompt, user, answer, data, errors);
        }

        await CheckUsernameAsync(visit, prompts, data, errors, cancel);
        await CheckEmailAsync(visit, user, prompts, data, errors, cancel);
        CheckPasswords(prompts, answer, errors);
        if (visit.Context.Start.SetUp)
        {
            await setUp.CheckAsync(visit, answer, data, errors, cancel);
        }

        visit.Context = visit.Context with { PromptData = data };
        if (errors.Count == 0)
        {
            await validation.CheckAsync(visit, prompts, answer, errors, cancel);
        }

        return errors.Count > 0 ? new StageOutcome.Invalid(errors) : await PassAsync(visit, prompts, answer, cancel);
    }

    private async Task<StageOutcome> PassAsync(StageVisit visit, IReadOnlyList<Prompt> prompts, StageAnswer answer, CancellationToken cancel)
    {
        if (prompts.FirstOrDefault(prompt => prompt.Type == PasswordType) is { } field && answer.Text(field.FieldKey) is { } password)
        {
            if (await passwords.HashAsync(password, cancel) is not { } hash)
            {
                return new StageOutcome.Invalid(ResponseErrors.Of(ResponseErrors.General, "The server is busy. Try again in a few seconds.", "throttled"));
            }

            visit.Context = visit.Context with { NewPasswordHash = hash };
        }

        return new StageOutcome.Passed(visit.Context.PendingUser);
    }

    private static void Read(StageVisit visit, Prompt prompt, User? user, StageAnswer answer, Dictionary<string, string> data, ResponseErrors errors)
    {
        if (visit.Context.FixedData.TryGetValue(prompt.FieldKey, out var settled))
        {
            data[prompt.FieldKey] = settled;
            return;
        }

        if (PromptFieldRules.IsFixed(prompt.Type))
        {
            if (prompt.Type is "hidden" or "text_read_only" or "text_area_read_only")
            {
                data[prompt.FieldKey] = PromptFieldRules.InitialValueOf(prompt, user);
            }

            return;
        }

        var text = prompt.Type == PasswordType ? answer.Text(prompt.FieldKey) : answer.Text(prompt.FieldKey)?.Trim();
        if (PromptFieldRules.ProblemOf(prompt, text is "" ? null : text) is { } problem)
        {
            errors[prompt.FieldKey] = [problem];
        }

        if (prompt.Type != PasswordType)
        {
            data[prompt.FieldKey] = prompt.Type == "checkbox" ? (text is "on" or "true" or "True" ? "true" : "false") : text ?? "";
        }
    }

    private static async Task CheckUsernameAsync(
        StageVisit visit, IEnumerable<Prompt> prompts, Dictionary<string, string> data, ResponseErrors errors, CancellationToken cancel)
    {
        foreach (var field in prompts.Where(prompt => prompt.Type == "username" && !errors.ContainsKey(prompt.FieldKey)).Select(prompt => prompt.FieldKey))
        {
            // Who has a name from before a rule keeps it: their other data are theirs to change.
            if ((await visit.PendingUserAsync(cancel))?.Username == data[field])
            {
                continue;
            }

            if (data[field].Contains('@', StringComparison.Ordinal) && !(visit.Flow.Designation == FlowDesignation.Enrollment && data.GetValueOrDefault("email") == data[field]))
            {
                // At a sign-in a name counts before an address. A new account may have its own for its name, which a mail then confirms.
                errors[field] = [new ErrorDetail("A user name cannot be an e-mail address here.", "invalid")];
            }
            else if (UserName.ProblemOf(data[field]) is { } problem && data[field].Length > 0)
            {
                errors[field] = [new ErrorDetail(problem, "invalid")];
            }
            else if (LookupKey.Of(data[field]) is var key && await visit.Database.Users.AnyAsync(user => user.UsernameKey == key && user.Id != visit.Context.PendingUser, cancel))
            {
                errors[field] = [new ErrorDetail("Username is already taken.", "invalid")];
            }
        }
    }

    // Nobody gives themselves an address that is somebody else's: of two accounts with one, neither can be found by it any more. Strangers are told nothing; a mail asks the owner.
    private static async Task CheckEmailAsync(
        StageVisit visit, User? user, IEnumerable<Prompt> prompts, Dictionary<string, string> data, ResponseErrors errors, CancellationToken cancel)
    {
        const string field = "email";
        if (user is null || errors.ContainsKey(field) || !prompts.Any(prompt => prompt.FieldKey == field) || data.GetValueOrDefault(field) is not { Length: > 0 } email)
        {
            return;
        }

        var key = LookupKey.Of(email);
        if (key != user.EmailKey && await visit.Database.Users.AnyAsync(other => other.EmailKey == key && other.Id != user.Id, cancel))
        {
            errors[field] = [new ErrorDetail("This address cannot be used.", "invalid")];
        }
    }

    private static void CheckPasswords(IReadOnlyList<Prompt> prompts, StageAnswer answer, ResponseErrors errors)
    {
        var fields = prompts.Where(prompt => prompt.Type == PasswordType).Select(prompt => prompt.FieldKey).ToList();
        var typed = fields.Select(answer.Text).OfType<string>().ToList();
        if (fields.Count == 0 || fields.Any(errors.ContainsKey) || typed.Count == 0)
        {
            return;
        }

        if (typed.Count != fields.Count || typed.Distinct(StringComparer.Ordinal).Count() > 1)
        {
            errors[fields[^1]] = [new ErrorDetail("Passwords don't match.", "invalid")];
        }
        else if (NewPassword.ProblemOf(typed[0]) is { } problem)
        {
            errors[fields[0]] = [new ErrorDetail(problem, "invalid")];
        }
    }

    private PromptField Show(StageVisit visit, Prompt prompt, User? user) => visit.Context.FixedData.ContainsKey(prompt.FieldKey)
        ? Ask(visit, prompt, user) with { Type = "text_read_only", Required = false }
        : Ask(visit, prompt, user);

    private PromptField Ask(StageVisit visit, Prompt prompt, User? user) => PromptFieldRules.Show(
        prompt,
        prompt.Type != PasswordType && visit.Context.PromptData.TryGetValue(prompt.FieldKey, out var typed)
            ? typed
            : setUp.InitialValueOf(visit, prompt) ?? PromptFieldRules.InitialValueOf(prompt, user));

    private async Task<IReadOnlyList<Prompt>> PromptsAsync(StageVisit visit, CancellationToken cancel)
    {
        var prompts = await visit.Database.Prompts.AsNoTracking().Where(prompt => prompt.Stages.Any(stage => stage.Id == visit.Stage.Id)).ToListAsync(cancel);
        var extra = visit.Context.Start.SetUp ? await setUp.PromptsAsync(cancel) : [];
        return [.. prompts.Concat(extra).OrderBy(prompt => prompt.Order).ThenBy(prompt => prompt.FieldKey, StringComparer.Ordinal)];
    }
}
