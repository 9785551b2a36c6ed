namespace Sidecar.Decisions.Tests;

public sealed class ReasonTests
{
    [Fact]
    public void Ids_are_exactly_those_that_scripts_and_dashboards_know()
    {
        var golden = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Golden", "reasons.golden"));

        // An id that is gone or renamed breaks somebody's alert. A new one is added to the file.
        Assert.Equal(golden, Enum.GetValues<Reason>().Select(Reasons.IdOf).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Ids_follow_the_names_and_helps_are_sentences() => Assert.All(Enum.GetValues<Reason>(), reason =>
    {
        Assert.Equal(Kebab(reason.ToString()), Reasons.IdOf(reason));
        Assert.Matches(@"^[A-Z].{20,}\.$", Reasons.HelpOf(reason));
    });

    [Fact]
    public void The_zero_value_is_unset_and_an_unknown_value_reads_as_it()
    {
        Assert.Equal("unset", Reasons.IdOf(default));
        Assert.Equal("unset", Reasons.IdOf((Reason)255));
        Assert.NotEmpty(Reasons.HelpOf((Reason)255));
    }

    private static string Kebab(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(c)}" : $"{c}"));
}
