using CsCheck;
using Sidecar.Outpost.SignIn;

namespace Sidecar.Outpost.Tests.SignIn;

public sealed class SealerTests
{
    private static readonly byte[] Old = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly byte[] Current = [.. Enumerable.Range(100, 32).Select(i => (byte)i)];

    [Fact]
    public void Opens_what_it_sealed_also_with_the_key_before()
    {
        var text = new Sealer([Old], "wiki").Seal("purpose", "hello"u8);

        Assert.Equal("hello"u8.ToArray(), new Sealer([Old], "wiki").Open("purpose", text));
        Assert.Equal("hello"u8.ToArray(), new Sealer([Current, Old], "wiki").Open("purpose", text));
        Assert.Null(new Sealer([Current], "wiki").Open("purpose", text));
    }

    [Fact]
    public void Opens_nothing_for_another_purpose_or_another_provider()
    {
        var text = new Sealer([Current], "wiki").Seal("purpose", "hello"u8);

        Assert.Null(new Sealer([Current], "wiki").Open("other", text));
        Assert.Null(new Sealer([Current], "mail").Open("purpose", text));
        Assert.Null(new Sealer([Current], "wiki\npurpose").Open("purpose", text));
    }

    [Fact]
    public void Any_change_of_any_character_is_found()
    {
        var sealer = new Sealer([Current], "wiki");
        var text = sealer.Seal("purpose", "hello"u8);
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Char['!', '~']).Sample(
            (at, with) =>
            {
                var changed = string.Concat(text.AsSpan(0, at), [with], text.AsSpan(at + 1));
                var opened = sealer.Open("purpose", changed);
                Assert.True(opened is null || changed == text || opened.AsSpan().SequenceEqual("hello"u8));
            },
            iter: 2_000);
        Assert.All(Enumerable.Range(0, text.Length), length => Assert.Null(sealer.Open("purpose", text.AsSpan(0, length))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("====")]
    [InlineData("\u00e9")]
    [InlineData("AAAA")]
    public void Junk_is_nothing(string text) => Assert.Null(new Sealer([Current], "wiki").Open("purpose", text));

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA.1")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA..5")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA.-1.5")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA!!.1.5")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA.99999999999999999999.5")]
    public void A_browser_cookie_that_we_never_set_is_none(string value) => Assert.Null(BrowserCookie.TryParse(value));

    [Fact]
    public void A_browser_keeps_its_random_value_and_counts_its_starts()
    {
        var first = BrowserCookie.Next(null, 1000);
        var second = BrowserCookie.Next(BrowserCookie.TryParse(first.Value), 1010);
        var later = BrowserCookie.Next(BrowserCookie.TryParse(second.Value), 2000);

        Assert.Equal(first.Hash(), second.Hash());
        Assert.EndsWith(".2.1000", second.Value, StringComparison.Ordinal);
        Assert.EndsWith(".1.2000", later.Value, StringComparison.Ordinal);
    }
}
