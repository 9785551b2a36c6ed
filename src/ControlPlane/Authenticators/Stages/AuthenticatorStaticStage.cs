using System.Text;
using Microsoft.EntityFrameworkCore;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Challenges;
using Sidecar.ControlPlane.Keys;

namespace Sidecar.ControlPlane.Authenticators.Stages;

/// <summary>Shows new recovery codes once. They take the place of those that the user had: whoever makes new ones has lost the old ones, or fears so.</summary>
internal sealed class AuthenticatorStaticStage(Enrolment enrolment, RecoveryCodes recovery, KeyWrap wrap, TimeProvider time) : IStageHandler
{
    private const string Purpose = "authenticator/static-pending";

    public string Kind => StageKind.AuthenticatorStatic;

    public async Task<StageOutcome> EnterAsync(StageVisit visit, CancellationToken cancel)
    {
        var (user, refusal) = await enrolment.BeginAsync(visit, cancel);
        if (user is null)
        {
            return refusal!;
        }

        visit.Context = visit.Context with { Pending = visit.Context.Pending ?? wrap.Wrap(Purpose, Encoding.UTF8.GetBytes(string.Join('\n', NewCodes(visit)))) };
        return new StageOutcome.Ask(new StaticSetupChallenge { PendingUser = user.Username, Codes = CodesIn(visit.Context.Pending!) });
    }

    public async Task<StageOutcome> AnswerAsync(StageVisit visit, StageAnswer answer, CancellationToken cancel)
    {
        var (user, refusal) = await enrolment.BeginAsync(visit, cancel);
        if (user is null)
        {
            return refusal!;
        }

        // There is nothing to type, so the answer must at least say what it answers: an empty one confirms nothing.
        if (visit.Context.Pending is not { } pending || answer.Component != StaticSetupChallenge.Name)
        {
            return await EnterAsync(visit, cancel);
        }

        var now = time.GetUtcNow();
        visit.Database.RemoveRange(await visit.Database.Set<StaticDevice>().Include(device => device.Tokens).Where(device => device.UserId == user.Id).ToListAsync(cancel));
        enrolment.Add(
            visit, user, new StaticDevice { UserId = user.Id, Name = "Recovery codes", CreatedAt = now, UpdatedAt = now, Tokens = [.. CodesIn(pending).Select(recovery.Store)] });
        return new StageOutcome.Passed(user.Id);
    }

    private static IReadOnlyList<string> NewCodes(StageVisit visit) => RecoveryCodes.New(
        visit.Settings.Number(AuthenticatorStaticSettings.TokenCount, AuthenticatorStaticSettings.DefaultTokenCount),
        visit.Settings.Number(AuthenticatorStaticSettings.TokenLength, AuthenticatorStaticSettings.DefaultTokenLength));

    private string[] CodesIn(byte[] pending) => Encoding.UTF8.GetString(wrap.Unwrap(Purpose, pending)).Split('\n');
}
