namespace Sidecar.ControlPlane.Configuration.Values;

/// <summary>authentik's values that point elsewhere: <c>file://path?default</c>, <c>env://NAME?default</c>.</summary>
internal static class IndirectValue
{
    private const string File = "file://";
    private const string Variable = "env://";

    public static bool IsVariable(string raw) => raw.StartsWith(Variable, StringComparison.OrdinalIgnoreCase);

    public static string? Resolve(string raw, Func<string, string?> variable, out string? mistake)
    {
        mistake = null;
        if (raw.StartsWith(File, StringComparison.OrdinalIgnoreCase))
        {
            var (path, fallback) = Split(raw[File.Length..]);
            return ReadFile(path, fallback, out mistake);
        }

        if (IsVariable(raw))
        {
            var (name, fallback) = Split(raw[Variable.Length..]);
            var value = variable(name) ?? fallback;
            mistake = value is null ? $"points at the variable {name}, which is not set" : null;
            return value;
        }

        return raw;
    }

    private static (string Target, string? Fallback) Split(string text)
    {
        var mark = text.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (text, null) : (text[..mark], text[(mark + 1)..]);
    }

    private static string? ReadFile(string path, string? fallback, out string? mistake)
    {
        mistake = null;
        try
        {
            // Editors and "echo" end a file with a line break; no secret of ours does.
            return System.IO.File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            mistake = fallback is null ? $"the file {path} cannot be read: {error.Message}" : null;
            return fallback;
        }
    }
}
