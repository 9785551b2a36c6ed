namespace Sidecar.Decisions.Tests.Paths;

public sealed class PathRuleTests
{
    [Theory]
    [InlineData("^/public/", "/public/a", true)]
    [InlineData("^/public/", "/a/public/", false)]
    [InlineData("^/a$", "/a", true)]
    [InlineData("^/a$", "/a/", false)]
    [InlineData("/health", "/admin/health/x", true)]
    [InlineData("/health", "/healt", false)]
    [InlineData("/skip.*", "/admin/skip", true)]
    [InlineData(@"\.css$", "/a.css", true)]
    [InlineData(@"\.css$", "/a.css/b", false)]
    [InlineData(@"\.css$", "/acss", false)]
    [InlineData(@"\A/a\z", "/a", true)]
    [InlineData(@"\A/a\z", "/ab", false)]
    [InlineData("^/public/.*$", "/public/a/b", true)]
    [InlineData("^.*/c$", "/a/c", true)]
    [InlineData("^/Public", "/public", false)]
    [InlineData("^/ü b", "/ü b", true)]
    [InlineData("^/a{1,b", "/a{1,b", true)]
    [InlineData("^/a{,2}$", "/a{,2}", true)]
    [InlineData("^/a]}", "/a]}", true)]
    [InlineData("^/a{2}$", "/aa", true)]
    [InlineData("^/a{2}$", "/aaa", false)]
    [InlineData("^/a{2,}$", "/aaaa", true)]
    [InlineData("^/a{1,2}?$", "/aa", true)]
    [InlineData("^/(a|b)+?/c?$", "/abab/", true)]
    [InlineData("^/(?P<name>a)$", "/a", true)]
    [InlineData("^/(?<name>a)$", "/a", true)]
    [InlineData("^/(|a)$", "/", true)]
    [InlineData("(?i)^/public$", "/PUBLIC", true)]
    [InlineData("^/(?i:p)ublic$", "/Public", true)]
    [InlineData("^/(?i:p)ublic$", "/PUblic", false)]
    [InlineData("^/(?i)p(?-i)ublic$", "/PUblic", false)]
    [InlineData("^/(a(?i)b|c)d$", "/Cd", true)]
    [InlineData("^/(a(?i)b|c)d$", "/CD", false)]
    [InlineData("(?s)^/.$", "/a", true)]
    [InlineData("(?U)^/a*$", "/aaa", true)]
    [InlineData("(?sU)^/a(?m:b)", "/ab", true)]
    [InlineData(@"^/\d+$", "/12", true)]
    [InlineData(@"^/\d+$", "/١", false)]
    [InlineData(@"^/\w$", "/ü", false)]
    [InlineData(@"^/\w$", "/_", true)]
    [InlineData(@"^/\W$", "/ü", true)]
    [InlineData(@"^/\D\S\s$", "/aa ", true)]
    [InlineData(@"^/[\d\-x]+$", "/1-x", true)]
    [InlineData(@"^/[^\d]$", "/1", false)]
    [InlineData(@"^/[\D]$", "/ü", true)]
    [InlineData(@"^/[\D5]$", "/5", true)]
    [InlineData(@"^/[\D5]$", "/6", false)]
    [InlineData(@"^/[^\D5]$", "/6", true)]
    [InlineData(@"^/[\w-z]+$", "/a-z", true)]
    [InlineData("^/[a-z-[aeiou]]$", "/b]", true)]
    [InlineData("^/[a-z-[aeiou]]$", "/b", false)]
    [InlineData("^/[a-z-[aeiou]]$", "/[]", true)]
    [InlineData("^/[]a]+$", "/]a", true)]
    [InlineData("^/[^]a]$", "/]", false)]
    [InlineData("^/[a-]+$", "/a-", true)]
    [InlineData("^/[&&x]+$", "/&x", true)]
    [InlineData("^/[[:alpha:]]+$", "/abC", true)]
    [InlineData("^/[[:alpha:]]+$", "/ü", false)]
    [InlineData("^/[[:^alpha:]_a]+$", "/1a_ü", true)]
    [InlineData("^/[[:^alpha:]]+$", "/a", false)]
    [InlineData("^/[^[:^alpha:]]+$", "/a", true)]
    [InlineData("^/[[:word:][:punct:]]+$", "/a_!", true)]
    [InlineData("^/[[:foo]+$", "/[:fo", true)]
    [InlineData(@"^/\Qa.*(\E+$", "/a.*(((", true)]
    [InlineData(@"^/\Qa.b", "/a.b", true)]
    [InlineData(@"^/\Qa.b", "/axb", false)]
    [InlineData(@"^/\x41\x{42}$", "/AB", true)]
    [InlineData(@"^/\pN\p{Lu}\PN\P{Lu}\p{^Lu}$", "/1AAaa", true)]
    [InlineData(@"^/[\pN\PL]$", "/a", false)]
    [InlineData(@"^/a\b", "/a/", true)]
    [InlineData(@"^/a\B", "/ab", true)]
    [InlineData(@"^/a\b", "/aü", false)]
    [InlineData("(?i)^/[^s]$", "/ſ", false)]
    [InlineData("^/a b#c$", "/a b#c", true)]
    [InlineData("^/..$", "/😀", false)]
    [InlineData("^/😀", "/😀", true)]
    [InlineData("^", "/anything", true)]
    [InlineData(".*", "/anything", true)]
    [InlineData("^$", "/anything", false)]
    public void Means_what_RE2_means(string expression, string path, bool matches) =>
        Assert.Equal(matches, Parse(expression).Matches(path));

    [Theory]
    [InlineData("(a", 1)]
    [InlineData("a)", 2)]
    [InlineData("a[b", 2)]
    [InlineData("a[[:nope:]]", 3)]
    [InlineData("[z-a]", 2)]
    [InlineData(@"[a-\d]", 4)]
    [InlineData("*a", 1)]
    [InlineData("a|+", 3)]
    [InlineData("{2}", 1)]
    [InlineData("a**", 2)]
    [InlineData("a{2}{3}", 2)]
    [InlineData("a{3,2}", 2)]
    [InlineData("a{1001}", 2)]
    [InlineData("a*{99999}", 2)]
    [InlineData("((a{100}){100}){100}", 2)]
    [InlineData("(?i)*", 5)]
    [InlineData("^*", 2)]
    [InlineData(@"ab\C", 3)]
    [InlineData(@"(a)\1", 4)]
    [InlineData(@"\0", 1)]
    [InlineData(@"\Z", 1)]
    [InlineData(@"\u0041", 1)]
    [InlineData(@"\ü", 1)]
    [InlineData(@"\x4", 1)]
    [InlineData(@"\x{110000}", 1)]
    [InlineData(@"\x{D800}", 1)]
    [InlineData("a\\", 2)]
    [InlineData(@"\p{Greek}", 1)]
    [InlineData(@"\pC", 1)]
    [InlineData(@"\p", 1)]
    [InlineData(@"(?i)\p{Lu}", 5)]
    [InlineData("a(?=b)", 2)]
    [InlineData("a(?!b)", 2)]
    [InlineData("(?<=a)b", 1)]
    [InlineData("(?<!a)b", 1)]
    [InlineData("(?>a)b", 1)]
    [InlineData("(?P<a>b)(?P=a)", 9)]
    [InlineData("(?P<a b>c)", 1)]
    [InlineData("(?x)a", 1)]
    [InlineData("(?i", 1)]
    [InlineData("(?#a)", 1)]
    [InlineData("[a-😀]+", 4)]
    [InlineData("(😀)?", 2)]
    public void Refuses_what_RE2_or_the_translation_does_not_know_and_says_where(string expression, int position)
    {
        Assert.False(PathRules.TryParse("^/fine\n" + expression, out var rules, out var problem));
        Assert.Null(rules);
        Assert.StartsWith($"line 2, position {position}: ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_nesting_that_could_exhaust_the_stack() =>
        Assert.False(PathRules.TryParse(new string('(', 1900), out _, out _));

    [Fact]
    public void Refuses_an_expression_longer_than_a_page() => Assert.False(PathRules.TryParse("(" + new string('a', 3000) + ")+", out _, out _));

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r\n\r\n  \r\n\t")]
    public void Blank_lines_open_nothing(string text)
    {
        Assert.True(Parse(text).IsEmpty);
        Assert.Empty(PathRules.ExpressionsOf(text));
    }

    [Fact]
    public void Carriage_returns_do_not_count()
    {
        Assert.True(Parse("^/a$\r\n\r\n^/b$\r\n").Matches("/b"));
        Assert.Equal(["^/a$", "^/b$"], PathRules.ExpressionsOf("^/a$\r\n\r\n^/b$\r\n"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r")]
    [InlineData("(a")]
    public void An_expression_in_a_snapshot_that_cannot_be_read_opens_nothing_and_is_told(string expression)
    {
        var compiled = Given.Compiled(Given.App(paths: [expression, "^/b"]), Given.App("https://other.example", paths: [expression]));

        Assert.Equal(Verdict.SignIn, DecisionEngine.Decide(compiled.Applications[0], "/a", null).Verdict);
        Assert.Equal(Verdict.Allow, DecisionEngine.Decide(compiled.Applications[0], "/b", null).Verdict);
        Assert.Equal(2, compiled.Problems.Count);
    }

    private static PathRules Parse(string text)
    {
        Assert.True(PathRules.TryParse(text, out var rules, out var problem), problem);
        return rules!;
    }
}
