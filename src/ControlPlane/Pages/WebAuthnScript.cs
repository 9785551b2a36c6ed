namespace Sidecar.ControlPlane.Pages;

/// <summary>The script for passkeys, sent inside the pages that need it. The policy of such a page admits exactly this text.</summary>
internal static class WebAuthnScript
{
    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(WebAuthnScript).Assembly.GetManifestResourceStream("WebAuthn.js") ?? throw new InvalidOperationException("The script is not in the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Trim();
    }
}
