namespace Sidecar.ControlPlane.Captcha;

/// <summary>Where the scripts and frames of a captcha's page come from: the origin that its stage names, and what the service's own documentation adds to it.</summary>
internal static class CaptchaSources
{
    /// <summary>For a policy (Content Security Policy level 3), with blanks between them.</summary>
    public static string Of(Uri script)
    {
        var origin = $"{script.Scheme}://{script.IdnHost}{(script.IsDefaultPort ? "" : $":{script.Port}")}";
        return script.IdnHost switch
        {
            // https://developers.google.com/recaptcha/docs/faq: "I'm using Content-Security-Policy".
            "www.google.com" or "www.recaptcha.net" => $"{origin} https://www.gstatic.com/recaptcha/",

            // https://docs.hcaptcha.com: "Content-Security-Policy Settings".
            "js.hcaptcha.com" or "hcaptcha.com" => $"{origin} https://*.hcaptcha.com",
            _ => origin,
        };
    }
}
