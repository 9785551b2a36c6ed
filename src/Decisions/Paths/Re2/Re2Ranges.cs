namespace Sidecar.Decisions.Paths.Re2;

/// <summary>
/// Named classes as ranges that .NET reads. <c>\d</c>, <c>\w</c>, <c>\s</c> and the POSIX classes are ASCII in RE2 and Unicode in .NET, so they are spelled out.
/// </summary>
internal static class Re2Ranges
{
    private static readonly (string Name, string Ranges)[] Perl =
    [
        ("d", "0-9"),
        ("w", @"0-9A-Z\u005Fa-z"),
        ("s", @"\u0009\u000A\u000C\u000D\u0020"),
    ];

    private static readonly (string Name, string Ranges)[] Posix =
    [
        ("alnum", "0-9A-Za-z"),
        ("alpha", "A-Za-z"),
        ("ascii", @"\u0000-\u007F"),
        ("blank", @"\u0009\u0020"),
        ("cntrl", @"\u0000-\u001F\u007F"),
        ("digit", "0-9"),
        ("graph", @"\u0021-\u007E"),
        ("lower", "a-z"),
        ("print", @"\u0020-\u007E"),
        ("punct", @"\u0021-\u002F\u003A-\u0040\u005B-\u0060\u007B-\u007E"),
        ("space", @"\u0009-\u000D\u0020"),
        ("upper", "A-Z"),
        ("word", @"0-9A-Z\u005Fa-z"),
        ("xdigit", "0-9A-Fa-f"),
    ];

    // RE2's general categories that mean the same in .NET. Not C: .NET counts unassigned code points in.
    private const string Categories = " L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs ";

    /// <summary><c>d</c>, <c>D</c> and their like; ranges that start with <c>^</c> are the rest of all characters.</summary>
    public static bool TryTakeClass(Re2Input input, out string ranges)
    {
        foreach (var (name, positive) in Perl)
        {
            if (input.TryTake(name))
            {
                ranges = positive;
                return true;
            }

            if (input.TryTake(name.ToUpperInvariant()))
            {
                ranges = "^" + positive;
                return true;
            }
        }

        ranges = "";
        return false;
    }

    /// <summary><c>[:alpha:]</c> or <c>[:^alpha:]</c>; false with a fault for a name that is none, without for anything else.</summary>
    public static bool TryTakePosix(Re2Input input, out string ranges)
    {
        ranges = "";
        var close = input.Rest.StartsWith("[:", StringComparison.Ordinal) ? input.Rest.IndexOf(":]", StringComparison.Ordinal) : -1;
        if (close < 2)
        {
            return false;
        }

        var name = input.Rest[2..close];
        var negated = name.StartsWith('^');
        foreach (var (known, positive) in Posix)
        {
            if (name[(negated ? 1 : 0)..].SequenceEqual(known))
            {
                ranges = negated ? "^" + positive : positive;
                input.At += close + 2;
                return true;
            }
        }

        return input.Refuse(input.At, "this POSIX class is not known");
    }

    /// <summary><c>pN</c>, <c>p{Lu}</c>, <c>P{Lu}</c>, <c>p{^Lu}</c>.</summary>
    public static bool TryTakeUnicodeClass(Re2Input input, Re2Output output, int start, out string written)
    {
        written = "";
        output.UnicodeClassAt = start;
        var negated = input.Take() == 'P';
        var braced = input.TryTake("{");
        negated ^= braced && input.TryTake("^");
        var length = braced ? input.Rest.IndexOf('}') : 1;
        if (length < 1 || length > input.Rest.Length || !Categories.Contains($" {input.Rest[..length]} ", StringComparison.Ordinal))
        {
            return input.Refuse(start, @"this Unicode class is not supported: general categories are, such as \p{L} or \pN");
        }

        written = $"\\{(negated ? 'P' : 'p')}{{{input.Rest[..length]}}}";
        input.At += length + (braced ? 1 : 0);
        return true;
    }
}
