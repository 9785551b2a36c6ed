using Sidecar.ControlPlane.Directory;

namespace Sidecar.ControlPlane.Policies.Kinds;

/// <summary>How easily a password is guessed, by zxcvbn: known words, names, dates, keyboard patterns, and what belongs to the user.</summary>
internal static class PasswordStrength
{
    // As authentik: the work grows with the square of the length, and a longer one is not weaker.
    private const int MaxScored = 100;
    private const int MinWord = 3;

    private static readonly char[] Separators = ['@', '.', ' ', '-', '_', '+'];

    /// <summary>Null: its score is above <paramref name="threshold"/> (0 to 4).</summary>
    public static string? ProblemOf(string password, int threshold, User? user, string brand)
    {
        return Zxcvbn.Zxcvbn.MatchPassword(password.Length > MaxScored ? password[..MaxScored] : password, WordsOf(user, brand)).Score > threshold
            ? null
            : "This password is easy to guess. Use several words that do not belong together, and leave out your name, dates and rows of keys.";
    }

    private static IEnumerable<string> WordsOf(User? user, string brand) =>
        new[] { user?.Username, user?.Name, user?.Email, brand }.OfType<string>()
            .SelectMany(text => text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Append(text))
            .Where(word => word.Length >= MinWord).Distinct(StringComparer.OrdinalIgnoreCase);
}
