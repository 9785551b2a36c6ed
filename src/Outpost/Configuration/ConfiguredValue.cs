namespace Sidecar.Outpost.Configuration;

/// <summary>
/// A value as authentik reads it: as written, <c>file://path?default</c> (the file's text), or <c>env://NAME?default</c> (another variable).
/// </summary>
internal static class ConfiguredValue
{
    private const string FileScheme = "file://";
    private const string EnvironmentScheme = "env://";

    /// <summary>Null when nothing is set; then <paramref name="mistake"/> says whether something should have been there.</summary>
    public static string? Read(string? written, Func<string, string?> environment, out string? mistake)
    {
        mistake = null;
        if (string.IsNullOrWhiteSpace(written))
        {
            return null;
        }

        if (written.StartsWith(FileScheme, StringComparison.OrdinalIgnoreCase))
        {
            var (path, fallback) = Split(written[FileScheme.Length..]);
            return ReadFile(path, fallback, out mistake);
        }

        if (written.StartsWith(EnvironmentScheme, StringComparison.OrdinalIgnoreCase))
        {
            var (name, fallback) = Split(written[EnvironmentScheme.Length..]);
            var value = environment(name);
            mistake = value is null && fallback is null ? $"names the variable {name}, which is not set" : null;
            return value ?? fallback;
        }

        return written.Trim();
    }

    private static (string Name, string? Fallback) Split(string text)
    {
        var question = text.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? (text, null) : (text[..question], text[(question + 1)..]);
    }

    private static string? ReadFile(string path, string? fallback, out string? mistake)
    {
        mistake = null;
        try
        {
            // Editors and secret mounts end files with a line feed that is no part of the secret.
            return File.ReadAllText(path).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            mistake = fallback is null ? $"names the file {path}, which cannot be read: {error.Message}" : null;
            return fallback;
        }
    }
}
