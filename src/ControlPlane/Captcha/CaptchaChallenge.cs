using Sidecar.ControlPlane.Flows.Challenges;

namespace Sidecar.ControlPlane.Captcha;

public sealed record CaptchaChallenge : Challenge
{
    public const string Name = "ak-stage-captcha";

    public override string Component => Name;

    public required string PendingUser { get; init; }

    public string PendingUserAvatar { get; init; } = "";

    public required string SiteKey { get; init; }

    public required string JsUrl { get; init; }

    public required bool Interactive { get; init; }

    internal override Type View => typeof(Pages.Stages.CaptchaView);

    internal override string? ScriptSources => CaptchaSources.Of(new Uri(JsUrl));
}
