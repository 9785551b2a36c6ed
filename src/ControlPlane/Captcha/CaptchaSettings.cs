using Sidecar.ControlPlane.Api.Reading;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Flows.Descriptions;

namespace Sidecar.ControlPlane.Captcha;

internal static class CaptchaSettings
{
    public const string JsUrl = "js_url";
    public const string ApiUrl = "api_url";
    public const string PublicKey = "public_key";
    public const string PrivateKey = "private_key";
    public const string ContentType = "request_content_type";
    public const string Interactive = "interactive";
    public const string ScoreMin = "score_min_threshold";
    public const string ScoreMax = "score_max_threshold";
    public const string ErrorOnInvalidScore = "error_on_invalid_score";

    // authentik's: Google's addresses that work in every country.
    public const string DefaultJsUrl = "https://www.recaptcha.net/recaptcha/api.js";
    public const string DefaultApiUrl = "https://www.recaptcha.net/recaptcha/api/siteverify";

    public const string Form = "application/x-www-form-urlencoded";
    public const string Json = "application/json";

    public static StageDescription Description { get; } = new()
    {
        Kind = StageKind.Captcha,
        Name = "Captcha Stage",
        Summary = "Asks a service with reCAPTCHA's interface whether a person sits there.",
        Settings =
        [
            new TextSetting(JsUrl, 1024, DefaultJsUrl) { ProblemOf = ProblemOf },
            new TextSetting(ApiUrl, 1024, DefaultApiUrl) { ProblemOf = ProblemOf },
            new TextSetting(PublicKey) { IsRequired = true, ProblemOf = key => key.Length == 0 ? "This field may not be blank." : null },
            new SecretSetting(PrivateKey),
            new ChoiceSetting(ContentType, Form, Form, Json),
            new FlagSetting(Interactive, false),
            new DecimalSetting(ScoreMin, 0.5),
            new DecimalSetting(ScoreMax, 1.0),
            new FlagSetting(ErrorOnInvalidScore, true),
        ],
        Check = draft => draft.Body.Refuses(PrivateKey, draft.Text(PrivateKey) is null && !draft.Body.Errors.Has(PrivateKey), "This field is required."),
    };

    // A script from an address that anybody on the way can change would run on the sign-in page.
    private static string? ProblemOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo.Length == 0 && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? null
            : "Give an address that begins with https://.";
}
