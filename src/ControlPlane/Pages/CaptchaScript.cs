namespace Sidecar.ControlPlane.Pages;

/// <summary>Puts a captcha's widget on its page and sends what it says. The policy of such a page admits exactly this text, and scripts of the one service that its stage names.</summary>
internal static class CaptchaScript
{
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(CaptchaScript).Assembly.GetManifestResourceStream("Captcha.js") ?? throw new InvalidOperationException("The script is not in the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Trim();
    }
}
