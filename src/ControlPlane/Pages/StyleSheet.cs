using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Sidecar.ControlPlane.Pages;

/// <summary>The style of every page, sent inside the page: one request shows it whole.</summary>
internal static class StyleSheet
{
    private static readonly ConcurrentDictionary<string, string> Sources = new(StringComparer.Ordinal);

    public static string Text { get; } = Read();

    /// <summary>The value for <c>style-src</c> that lets exactly this text in (Content Security Policy level 3).</summary>
    public static string SourceOf(string css) =>
        Sources.GetOrAdd(css, text => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'");

    private static string Read()
    {
        using var stream = typeof(StyleSheet).Assembly.GetManifestResourceStream("Style.css") ?? throw new InvalidOperationException("The style sheet is not in the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Trim();
    }
}
