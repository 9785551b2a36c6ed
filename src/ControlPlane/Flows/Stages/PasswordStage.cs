using System.Text.Json;
using Sidecar.ControlPlane.Flows.Challenges;

namespace Sidecar.ControlPlane.Flows.Stages;

/// <summary>Asks for the password of whoever was named before.</summary>
internal sealed class PasswordStage(PasswordCheck passwords) : IStageHandler
{
    private const string Field = "password";

    private static readonly IReadOnlyList<string> DefaultBackends = [PasswordCheck.Inbuilt];

    public string Kind => StageKind.Password;

    public static IReadOnlyList<string> BackendsOf(JsonElement settings) => settings.Texts(PasswordSettings.Backends) ?? DefaultBackends;

    public Task<StageOutcome> EnterAsync(StageVisit visit, CancellationToken cancel) => Task.FromResult<StageOutcome>(
        AlreadyGiven(visit) is { } proof
            ? new StageOutcome.Passed(proof.User, Authenticates: true, proof.Method)
            : new StageOutcome.Ask(new PasswordChallenge
            {
                // What was typed, not what it leads to: an e-mail address must not turn into a user name in front of a stranger.
                PendingUser = visit.Context.MatchedName ?? visit.Context.Identifier ?? "",
                AllowShowPassword = visit.Settings.Flag(PasswordSettings.AllowShowPassword, false),
            }));

    public async Task<StageOutcome> AnswerAsync(StageVisit visit, StageAnswer answer, CancellationToken cancel)
    {
        if (AlreadyGiven(visit) is { } proof)
        {
            return new StageOutcome.Passed(proof.User, Authenticates: true, proof.Method);
        }

        if (answer.Text(Field) is not { } password)
        {
            return new StageOutcome.Invalid(ResponseErrors.Required(Field));
        }

        var user = await visit.PendingUserAsync(cancel);
        return await passwords.CheckAsync(visit, user, visit.Context.Identifier ?? "", password, BackendsOf(visit.Settings), cancel) switch
        {
            PasswordResult.Right right => new StageOutcome.Passed(right.User.Id, Authenticates: true, right.Method),
            PasswordResult.Wait wait => new StageOutcome.Invalid(ResponseErrors.Of(Field, wait.Message, "throttled")),
            _ => Wrong(visit),
        };
    }

    private static StageOutcome Wrong(StageVisit visit) => visit.Context.Failures + 1 >= visit.Settings.Number(PasswordSettings.FailedAttempts, PasswordSettings.DefaultFailedAttempts)
        ? new StageOutcome.Denied("too-many-wrong-passwords", "The password was wrong too often. Check the name too, and start again.")
        : new StageOutcome.Invalid(ResponseErrors.Of(Field, "Invalid password"));

    // The identification stage asked for it on its own page.
    private static Runs.StageProof? AlreadyGiven(StageVisit visit) => visit.Run.Plan.Proofs.FirstOrDefault(
        proof => proof is { Kind: StageKind.Identification, Authenticates: true } && proof.User == visit.Context.PendingUser && proof.User is not null);
}
