using System.Globalization;
using System.Text;
using System.Text.Json;
using Sidecar.ControlPlane.Flows;
using Sidecar.ControlPlane.Passwords;

namespace Sidecar.ControlPlane.Policies.Kinds;

/// <summary>Length, and how many characters of a kind. Letters and digits of every script count, and a character is a code point.</summary>
internal static class PasswordRules
{
    public const string DefaultSymbols = "!\\\"#$%&'()*+,-./:;<=>?@[]^_`{|}~ ";

    /// <summary>What is missing, each as something to do; empty: nothing.</summary>
    public static IReadOnlyList<string> Missing(JsonElement settings, string password)
    {
        var symbols = settings.Text("symbol_charset", DefaultSymbols).EnumerateRunes().ToHashSet();
        var length = PasswordText.LengthOf(password);
        var least = settings.Number("length_min", 0);
        return
        [
            .. length < least ? [$"Use at least {least} characters; this has {length}."] : Array.Empty<string>(),
            .. Few(password, settings.Number("amount_digits", 0), Rune.IsDigit, "digit"),
            .. Few(password, settings.Number("amount_uppercase", 0), Rune.IsUpper, "uppercase letter"),
            .. Few(password, settings.Number("amount_lowercase", 0), Rune.IsLower, "lowercase letter"),
            .. Few(password, settings.Number("amount_symbols", 0), symbols.Contains, "symbol"),
        ];
    }

    private static IEnumerable<string> Few(string text, int least, Func<Rune, bool> counts, string what)
    {
        if (least > 0 && text.EnumerateRunes().Count(counts) < least)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Use at least {least} {what}{(least == 1 ? "" : "s")}.");
        }
    }
}
