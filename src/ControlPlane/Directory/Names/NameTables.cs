using System.Globalization;

namespace Sidecar.ControlPlane.Directory.Names;

/// <summary>Unicode's rules for <see cref="LookupKey"/>, from <c>NameTables.txt</c>.</summary>
internal static class NameTables
{
    // Hangul is taken apart by computation (Unicode 16.0, 3.12).
    private const int HangulFirst = 0xAC00;
    private const int HangulCount = 11_172;
    private const int LeadingFirst = 0x1100;
    private const int VowelFirst = 0x1161;
    private const int TrailingFirst = 0x11A7;
    private const int VowelCount = 21;
    private const int TrailingCount = 28;

    private static readonly Lazy<Tables> Loaded = new(Load);

    /// <summary>Adds the canonical parts of a code point.</summary>
    public static void Decompose(int point, List<int> to)
    {
        if (point - HangulFirst is >= 0 and < HangulCount and var syllable)
        {
            to.Add(LeadingFirst + (syllable / (VowelCount * TrailingCount)));
            to.Add(VowelFirst + (syllable % (VowelCount * TrailingCount) / TrailingCount));
            if (syllable % TrailingCount is > 0 and var trailing)
            {
                to.Add(TrailingFirst + trailing);
            }

            return;
        }

        if (Loaded.Value.Parts.TryGetValue(point, out var parts))
        {
            to.AddRange(parts);
        }
        else
        {
            to.Add(point);
        }
    }

    /// <summary>Adds what a code point without canonical parts is folded to.</summary>
    public static void Fold(int point, List<int> to)
    {
        if (!Loaded.Value.Folded.TryGetValue(point, out var parts))
        {
            to.Add(point);
            return;
        }

        // Such as a Hangul syllable in brackets.
        foreach (var part in parts)
        {
            Decompose(part, to);
        }
    }

    /// <summary>Canonical order (Unicode 16.0, 3.11): marks that do not touch one another stand in one order, however they were typed.</summary>
    public static void Order(List<int> points)
    {
        for (var i = 1; i < points.Count; i++)
        {
            var point = points[i];
            var its = ClassOf(point);
            var at = i;
            while (its > 0 && at > 0 && ClassOf(points[at - 1]) > its)
            {
                points[at] = points[at - 1];
                at--;
            }

            points[at] = point;
        }
    }

    private static int ClassOf(int point) => Loaded.Value.Classes.GetValueOrDefault(point);

    private static Tables Load()
    {
        var tables = new Tables([], [], []);
        using var reader = new StreamReader(typeof(NameTables).Assembly.GetManifestResourceStream("NameTables.txt")!);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                Read(line.Split(' '), tables);
            }
        }

        return tables;
    }

    private static void Read(string[] words, Tables tables)
    {
        var (first, last, step) = RangeOf(words[1]);
        var map = words[0] == "D" ? tables.Parts : tables.Folded;
        for (var point = first; point <= last; point += step)
        {
            if (words[0] == "C")
            {
                tables.Classes[point] = int.Parse(words[2], CultureInfo.InvariantCulture);
            }
            else
            {
                map[point] = [.. words.Skip(2).Select(word => Hex(word) + point - first)];
            }
        }
    }

    private static (int First, int Last, int Step) RangeOf(string text)
    {
        var step = text.EndsWith("/2", StringComparison.Ordinal) ? 2 : 1;
        var ends = text.Replace("/2", "", StringComparison.Ordinal).Split('-');
        return (Hex(ends[0]), Hex(ends[^1]), step);
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private sealed record Tables(Dictionary<int, int[]> Parts, Dictionary<int, int[]> Folded, Dictionary<int, int> Classes);
}
