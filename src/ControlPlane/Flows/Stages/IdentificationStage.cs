using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Browsers;
using Sidecar.ControlPlane.Directory;
using Sidecar.ControlPlane.Flows.Challenges;
using Sidecar.ControlPlane.Flows.Runs;
using Sidecar.ControlPlane.Storage;

namespace Sidecar.ControlPlane.Flows.Stages;

/// <summary>Asks who is there, and for the password too when the stage says so.</summary>
internal sealed class IdentificationStage(UserLookup users, PasswordCheck passwords, ControlPlaneContext database) : IStageHandler
{
    private const string NameField = "uid_field";
    private const string PasswordField = "password";
    private const string NobodySuch = "Failed to authenticate.";

    private static readonly IReadOnlyList<string> DefaultFields = ["email", "username"];

    public string Kind => StageKind.Identification;

    public async Task<StageOutcome> EnterAsync(StageVisit visit, CancellationToken cancel)
    {
        var inline = await PasswordStageAsync(visit, cancel);
        return new StageOutcome.Ask(new IdentificationChallenge
        {
            UserFields = FieldsOf(visit),
            PendingUserIdentifier = visit.Context.Identifier,
            PrimaryAction = visit.Flow.Designation == FlowDesignation.Authentication ? "Log in" : "Continue",
            PasswordFields = inline is not null,
            AllowShowPassword = inline?.Settings.Flag(PasswordSettings.AllowShowPassword, false) ?? false,
            FlowDesignation = JsonNamingPolicy.SnakeCaseLower.ConvertName(visit.Flow.Designation.ToString()),
            ApplicationPre = await database.Applications.Where(row => row.Id == visit.Context.Start.Application).Select(row => row.Name).SingleOrDefaultAsync(cancel),
            ShowSourceLabels = visit.Settings.Flag(IdentificationSettings.ShowSourceLabels, false),
            EnrollUrl = await AddressOfAsync(visit, IdentificationSettings.EnrollmentFlow, cancel),
            RecoveryUrl = await AddressOfAsync(visit, IdentificationSettings.RecoveryFlow, cancel),
            PasswordlessUrl = await AddressOfAsync(visit, IdentificationSettings.PasswordlessFlow, cancel),
        });
    }

    public async Task<StageOutcome> AnswerAsync(StageVisit visit, StageAnswer answer, CancellationToken cancel)
    {
        if (FieldsOf(visit).Count == 0)
        {
            return new StageOutcome.Invalid(ResponseErrors.Of(ResponseErrors.General, "Nobody can be named here."));
        }

        if (answer.Text(NameField)?.Trim() is not { Length: > 0 } name)
        {
            return new StageOutcome.Invalid(ResponseErrors.Required(NameField));
        }

        visit.Context = visit.Context with { Identifier = Shorten(name) };
        if (name.Length > UserLookup.MaxLength)
        {
            return new StageOutcome.Invalid(ResponseErrors.Of(ResponseErrors.General, NobodySuch));
        }

        var user = await users.FindAsync(name, FieldsOf(visit), visit.Settings.Flag(IdentificationSettings.CaseInsensitiveMatching, true), cancel);
        return await PasswordStageAsync(visit, cancel) is { } inline
            ? await WithPasswordAsync(visit, inline, user, name, answer, cancel)
            : ByNameOnly(visit, user);
    }

    // A name proves nothing: the stages that follow must.
    private static StageOutcome ByNameOnly(StageVisit visit, User? user)
    {
        if (user is null && !visit.Settings.Flag(IdentificationSettings.PretendUserExists, true))
        {
            return new StageOutcome.Invalid(ResponseErrors.Of(ResponseErrors.General, NobodySuch));
        }

        visit.Context = visit.Context with { PendingUser = user?.Id, MatchedName = MatchedNameOf(visit, user) };
        return new StageOutcome.Passed(user?.Id);
    }

    // Whom an e-mail address leads to is as much a secret as whether it leads anywhere.
    private static string? MatchedNameOf(StageVisit visit, User? user) =>
        !visit.Settings.Flag(IdentificationSettings.PretendUserExists, true) && visit.Settings.Flag(IdentificationSettings.ShowMatchedUser, true) ? user?.Username : null;

    private async Task<StageOutcome> WithPasswordAsync(StageVisit visit, Stage inline, User? user, string name, StageAnswer answer, CancellationToken cancel)
    {
        if (answer.Text(PasswordField) is not { } password)
        {
            return new StageOutcome.Invalid(ResponseErrors.Required(PasswordField));
        }

        switch (await passwords.CheckAsync(visit, user, name, password, PasswordStage.BackendsOf(inline.Settings), cancel))
        {
            case PasswordResult.Right right:
                visit.Context = visit.Context with { PendingUser = right.User.Id };
                return new StageOutcome.Passed(right.User.Id, Authenticates: true, right.Method);
            case PasswordResult.Wait wait:
                return new StageOutcome.Invalid(ResponseErrors.Of(ResponseErrors.General, wait.Message, "throttled"));
            default:
                return new StageOutcome.Invalid(ResponseErrors.Of(ResponseErrors.General, NobodySuch));
        }
    }

    private async Task<Stage?> PasswordStageAsync(StageVisit visit, CancellationToken cancel) =>
        visit.Settings.Id(IdentificationSettings.PasswordStage) is { } id
            ? await database.Stages.AsNoTracking().SingleOrDefaultAsync(stage => stage.Id == id && stage.Kind == StageKind.Password, cancel)
                ?? throw new InvalidOperationException("The password stage that the identification stage names is gone")
            : null;

    // Where the sign-in was to lead, the other flow leads too.
    private async Task<string?> AddressOfAsync(StageVisit visit, string setting, CancellationToken cancel) =>
        visit.Settings.Id(setting) is { } id && await database.Flows.Where(flow => flow.Id == id).Select(flow => flow.Slug).SingleOrDefaultAsync(cancel) is { } slug
            ? Addresses.OfFlow(slug, visit.Context.Start.Next is { } next ? $"{FlowQuery.NextKey}={Uri.EscapeDataString(next)}" : "")
            : null;

    private static IReadOnlyList<string> FieldsOf(StageVisit visit) => visit.Settings.Texts(IdentificationSettings.UserFields) ?? DefaultFields;

    private static string Shorten(string name) => name.Length <= UserLookup.MaxLength ? name : name[..UserLookup.MaxLength];
}
