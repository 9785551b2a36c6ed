using Sidecar.ControlPlane.Passwords;
using Sidecar.ControlPlane.Policies.Kinds;
using Sidecar.ControlPlane.Storage;
using Sidecar.ControlPlane.Tests.Support;

namespace Sidecar.ControlPlane.Tests.Policies;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("""{"length_min": 8}""", "1234567", "Use at least 8 characters; this has 7.")]
    [InlineData("""{"length_min": 8}""", "12345678", null)]
    [InlineData("""{"amount_digits": 2}""", "one1", "Use at least 2 digits.")]
    [InlineData("""{"amount_digits": 2}""", "1one1", null)]
    [InlineData("""{"amount_uppercase": 1}""", "lower", "Use at least 1 uppercase letter.")]
    [InlineData("""{"amount_uppercase": 2, "amount_lowercase": 0}""", "Äb", "Use at least 2 uppercase letters.")]
    [InlineData("""{"amount_uppercase": 2}""", "ÄÖb", null)]
    [InlineData("""{"amount_lowercase": 1}""", "UPPER", "Use at least 1 lowercase letter.")]
    [InlineData("""{"amount_symbols": 1}""", "plain", "Use at least 1 symbol.")]
    [InlineData("""{"amount_symbols": 2}""", "a \\", null)]
    [InlineData("""{"amount_symbols": 1, "symbol_charset": "€"}""", "a!", "Use at least 1 symbol.")]
    [InlineData("""{"amount_symbols": 1, "symbol_charset": "€"}""", "a€", null)]
    public void Each_rule_says_what_to_do(string settings, string password, string? missing) =>
        Assert.Equal(missing is null ? [] : [missing], PasswordRules.Missing(JsonObjects.Parse(settings), password));

    [Theory]
    [InlineData("\u00e9", 1)]
    [InlineData("😀😀", 2)]
    public void A_character_is_a_code_point(string password, int length) => Assert.Equal(length, PasswordText.LengthOf(password));

    [Theory]
    [InlineData("password1234567890")]
    [InlineData("qwertyuiopasdfghjkl")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa")]
    [InlineData("ana-anaconda")]
    public void What_is_easy_to_guess_is_refused(string password)
    {
        var ana = Samples.User("anaconda");

        Assert.NotNull(PasswordStrength.ProblemOf(password, 2, ana, "Sidecar"));
    }

    [Fact]
    public void A_password_of_the_user_s_own_words_is_weaker_than_for_others()
    {
        const string password = "zygomorphic-quux";
        var owner = Samples.User("zygomorphic-quux");

        Assert.NotNull(PasswordStrength.ProblemOf(password, 2, owner, ""));
        Assert.Null(PasswordStrength.ProblemOf(password, 2, null, ""));
    }

    [Fact]
    public void The_longest_password_is_scored_in_a_blink() =>
        Assert.Null(PasswordStrength.ProblemOf(string.Concat(Enumerable.Range(0, 200).Select(i => $"q{i}Z")), 2, null, ""));
}
