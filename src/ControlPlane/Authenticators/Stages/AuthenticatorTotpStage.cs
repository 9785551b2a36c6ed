using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Challenges;
using Sidecar.ControlPlane.Pages;

namespace Sidecar.ControlPlane.Authenticators.Stages;

/// <summary>Sets up an authenticator application: shows a key, and believes that it was taken over when a code of it comes back.</summary>
internal sealed class AuthenticatorTotpStage(Enrolment enrolment, TotpSecrets secrets, BrandReader brands, TimeProvider time) : IStageHandler
{
    private const string Field = "code";

    public string Kind => StageKind.AuthenticatorTotp;

    public async Task<StageOutcome> EnterAsync(StageVisit visit, CancellationToken cancel)
    {
        var (user, refusal) = await enrolment.BeginAsync(visit, cancel);
        if (user is null)
        {
            return refusal!;
        }

        visit.Context = visit.Context with { Pending = visit.Context.Pending ?? secrets.NewWrapped() };
        var key = secrets.Open(visit.Context.Pending!);
        var issuer = (await brands.LookAsync(visit.Http)).Title;
        return new StageOutcome.Ask(new TotpSetupChallenge
        {
            PendingUser = user.Username,
            ConfigUrl = TotpSecrets.AddressOf(key, issuer, user.Username, DigitsOf(visit)),
            Secret = TotpSecrets.Text(key),
            Digits = DigitsOf(visit),
        });
    }

    public async Task<StageOutcome> AnswerAsync(StageVisit visit, StageAnswer answer, CancellationToken cancel)
    {
        var (user, refusal) = await enrolment.BeginAsync(visit, cancel);
        if (user is null)
        {
            return refusal!;
        }

        if (visit.Context.Pending is not { } pending)
        {
            return await EnterAsync(visit, cancel);
        }

        if (answer.Text(Field)?.Replace(" ", "", StringComparison.Ordinal) is not { Length: > 0 } code)
        {
            return new StageOutcome.Invalid(ResponseErrors.Required(Field));
        }

        // The code that confirms is used up by it.
        if (TotpCode.StepOf(secrets.Open(pending), code, DigitsOf(visit), time.GetUtcNow(), lastStep: 0) is not { } step)
        {
            return new StageOutcome.Invalid(ResponseErrors.Of(Field, "This code does not match. Is the time on your device right?"));
        }

        var now = time.GetUtcNow();
        enrolment.Add(
            visit, user, new TotpDevice { UserId = user.Id, Name = "Authenticator app", KeyWrapped = pending, Digits = DigitsOf(visit), LastStep = step, CreatedAt = now, UpdatedAt = now });
        return new StageOutcome.Passed(user.Id);
    }

    private static int DigitsOf(StageVisit visit) => visit.Settings.Text(AuthenticatorTotpSettings.Digits, "6") == "8" ? 8 : 6;
}
