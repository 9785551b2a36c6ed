using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Challenges;
using Sidecar.ControlPlane.Flows.Descriptions;
using Sidecar.ControlPlane.Keys;

namespace Sidecar.ControlPlane.Captcha;

/// <summary>Lets pass whom the service takes for a person. It proves nobody. While the service cannot be asked, nobody passes, and the log says why.</summary>
internal sealed class CaptchaStage(CaptchaService service, KeyWrap wrap, FlowFaults faults, ILogger<CaptchaStage> log) : IStageHandler
{
    private const string Field = "token";
    private const int MaxAnswer = 16 * 1024;

    public string Kind => StageKind.Captcha;

    public Task<StageOutcome> EnterAsync(StageVisit visit, CancellationToken cancel) => Task.FromResult<StageOutcome>(new StageOutcome.Ask(new CaptchaChallenge
    {
        PendingUser = visit.Context.MatchedName ?? visit.Context.Identifier ?? "",
        SiteKey = visit.Settings.Text(CaptchaSettings.PublicKey),
        JsUrl = visit.Settings.Text(CaptchaSettings.JsUrl, CaptchaSettings.DefaultJsUrl),
        Interactive = visit.Settings.Flag(CaptchaSettings.Interactive, false),
    }));

    public async Task<StageOutcome> AnswerAsync(StageVisit visit, StageAnswer answer, CancellationToken cancel)
    {
        if (answer.Text(Field) is not { Length: <= MaxAnswer } token)
        {
            return new StageOutcome.Invalid(ResponseErrors.Required(Field));
        }

        var verdict = await AskAsync(visit, token, cancel);
        if (verdict.Problem is { } problem)
        {
            log.Unknown(visit.Stage.Name, problem);
            await faults.AddAsync(visit.Http, FlowFaults.Misconfigured, visit.Flow, visit.Stage.Name, problem);
            return new StageOutcome.Invalid(ResponseErrors.Of(ResponseErrors.General, "It could not be checked whether you are a person. Try again in a moment."));
        }

        return verdict.IsPerson && (!visit.Settings.Flag(CaptchaSettings.ErrorOnInvalidScore, true) || IsInRange(visit, verdict.Score))
            ? new StageOutcome.Passed(visit.Context.PendingUser)
            : new StageOutcome.Invalid(ResponseErrors.Of(ResponseErrors.General, "This was not taken for a person's answer. Please try again."));
    }

    private async Task<CaptchaVerdict> AskAsync(StageVisit visit, string token, CancellationToken cancel)
    {
        var address = visit.Settings.Text(CaptchaSettings.ApiUrl, CaptchaSettings.DefaultApiUrl);
        var asJson = visit.Settings.Text(CaptchaSettings.ContentType, CaptchaSettings.Form) == CaptchaSettings.Json;
        return SecretSetting.Read(visit.Settings, CaptchaSettings.PrivateKey, wrap) is { } secret
            ? await service.AskAsync(new Uri(address), secret, token, visit.Http.Connection.RemoteIpAddress, asJson, cancel)
            : CaptchaVerdict.Unknown("there is no private key");
    }

    // A service without scores says yes or no.
    private static bool IsInRange(StageVisit visit, double? score) =>
        score is not { } given
        || (given >= DecimalSetting.Read(visit.Settings, CaptchaSettings.ScoreMin, 0.5) && given <= DecimalSetting.Read(visit.Settings, CaptchaSettings.ScoreMax, 1.0));
}
