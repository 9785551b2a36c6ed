namespace Sidecar.ControlPlane.Captcha;

internal static partial class CaptchaLog
{
    [LoggerMessage(2220, LogLevel.Warning, "Captcha stage {Stage}: nobody passes, because the service could not be asked: {Problem}")]
    public static partial void Unknown(this ILogger logger, string stage, string problem);
}
