using System.Diagnostics;
using System.Globalization;
using System.Text;
using Sidecar.ControlPlane.Directory.Names;

namespace Sidecar.ControlPlane.Tests.Directory;

public sealed class LookupKeyTests
{
    [Theory]
    [InlineData("Ana", "ana")]
    [InlineData(" ana\u00A0", "ana")]
    [InlineData("ａｎａ", "ANA")]
    [InlineData("J\u00D6HN", "jo\u0308hn")]
    [InlineData("\u212Bngstr\u00F6m", "a\u030Angstro\u0308m")]
    [InlineData("ﬁn", "FIN")]
    [InlineData("Straße", "STRASSE")]
    [InlineData("\u03A3\u03AF\u03C3\u03C5\u03C6\u03BF\u03C2", "σίσυφος")]
    [InlineData("a\u200Bna\u00AD", "ana")]
    [InlineData("ana\uFE0F", "ana")]
    [InlineData("e\u0323\u0301", "e\u0301\u0323")]
    [InlineData("\uD55C\uAE00", "\u1112\u1161\u11AB\u1100\u1173\u11AF")]
    [InlineData("\U0001D41A\U0001D427\U0001D41A", "ana")]
    [InlineData("\u1F80", "\u1F00\u03B9")]
    public void What_only_its_encoding_width_case_or_invisible_characters_tell_apart_is_one_name(string one, string other) => Assert.Equal(LookupKey.Of(one), LookupKey.Of(other));

    [Theory]
    [InlineData("ana", "anna")]
    [InlineData("é", "e")]
    [InlineData("ı", "i")]
    public void Other_letters_are_another_name(string one, string other) => Assert.NotEqual(LookupKey.Of(one), LookupKey.Of(other));

    [Fact]
    public void The_framework_does_not_do_it_here_which_is_why_there_are_tables() => Assert.Equal("ａﬁe\u0301", "ａﬁe\u0301".Normalize(NormalizationForm.FormKC));

    [Fact]
    public void A_key_of_a_key_is_the_key()
    {
        foreach (var text in EveryCharacter())
        {
            Assert.Equal(LookupKey.Of(text), LookupKey.Of(LookupKey.Of(text)));
        }
    }

    [Fact]
    public async Task Every_character_has_the_key_of_its_normal_forms()
    {
        if (await NormalFormsAsync() is not { } forms)
        {
            Assert.Skip("no node with Unicode 16 or newer on this machine, whose normal forms are compared with");
            return;
        }

        foreach (var (text, others) in EveryCharacter().Zip(forms))
        {
            // Newer than the tables, whose version of Unicode is the framework's.
            if (CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(text, 0)) == UnicodeCategory.OtherNotAssigned)
            {
                continue;
            }

            Assert.All(others.Split('\t'), other => Assert.True(LookupKey.Of($"x{text}") == LookupKey.Of($"x{other}"), $"U+{char.ConvertToUtf32(text, 0):X4}"));
        }
    }

    [Theory]
    [InlineData("аna")]
    [InlineData("Αna")]
    [InlineData("pay\u0440al")]
    public void Letters_of_scripts_that_look_alike_do_not_make_one_name(string name) => Assert.Contains("letters in one name", UserName.ProblemOf(name), StringComparison.Ordinal);

    [Theory]
    [InlineData("анна")]
    [InlineData("Ελένη.2")]
    [InlineData("ana@example.com")]
    [InlineData("田中")]
    [InlineData("zoë")]
    public void Names_of_one_script_are_names(string name) => Assert.Null(UserName.ProblemOf(name));

    [Theory]
    [InlineData("")]
    [InlineData("\u200B\u200B")]
    [InlineData("a\u0007b")]
    public void A_name_that_nobody_can_see_or_type_is_none(string name) => Assert.NotNull(UserName.ProblemOf(name));

    [Fact]
    public void A_name_whose_key_no_index_takes_is_refused() => Assert.Contains("too long", UserName.ProblemOf(new string('\uFDFA', 100)), StringComparison.Ordinal);

    private static IEnumerable<string> EveryCharacter() => Enumerable.Range(0x20, 0x10FFFF - 0x1F).Where(Rune.IsValid).Where(point => point is not (>= 0xF0000 or (>= 0xE000 and < 0xF900))).Select(char.ConvertFromUtf32);

    // One line a character: NFC, NFD, NFKC, NFKD. White space is trimmed from names, so it stands after a letter.
    private static async Task<string[]?> NormalFormsAsync()
    {
        const string script = """
            if (!(parseInt(process.versions.unicode) >= 16)) process.exit(3);
            const lines = [];
            for (let p = 0x20; p <= 0x10FFFF; p++) {
                if ((p >= 0xD800 && p < 0xE000) || p >= 0xF0000 || (p >= 0xE000 && p < 0xF900)) continue;
                const c = String.fromCodePoint(p);
                lines.push(['NFC', 'NFD', 'NFKC', 'NFKD'].map(form => c.normalize(form)).filter(t => !/[\t\n]/.test(t)).join('\t') || c);
            }
            process.stdout.write(lines.join('\n'));
            """;
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", ["-e", script]) { RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8 })!;
            var text = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await node.WaitForExitAsync(TestContext.Current.CancellationToken);
            return node.ExitCode == 0 ? text.Split('\n') : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
