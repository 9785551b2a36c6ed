using System.Globalization;

namespace Sidecar.Decisions.Paths.Re2;

/// <summary><c>*</c>, <c>+</c>, <c>?</c>, <c>{n,m}</c>, each with a lazy form.</summary>
internal static class Re2Repeat
{
    // RE2's own limit.
    private const int MaxCount = 1000;

    /// <param name="times">How many copies of the atom the automaton holds.</param>
    public static bool TryRead(Re2Input input, Re2Output output, bool repeatable, out int times)
    {
        var start = input.At;
        if (!TryOperator(input, out var written, out times))
        {
            return input.Fault == default;
        }

        if (!repeatable)
        {
            return input.Refuse(start, "there is nothing to repeat");
        }

        output.Raw(written);
        input.TryTake("?");

        // RE2 refuses a**; a++ would be possessive elsewhere.
        return !IsOperatorNext(input) || input.Refuse(start, "a repetition cannot be repeated");
    }

    public static bool IsOperatorNext(Re2Input input)
    {
        var start = input.At;
        var found = TryOperator(input, out _, out _);
        input.At = start;
        return found || input.Fault != default;
    }

    private static bool TryOperator(Re2Input input, out string written, out int times)
    {
        times = 1;
        written = input.Next is '*' or '+' or '?' ? input.Next.ToString() : "";
        if (written.Length == 1)
        {
            input.At++;
            return true;
        }

        return input.Next == '{' && TryCounts(input, out written, out times);
    }

    // A brace that is not {n}, {n,} or {n,m} stands for itself, and is left to be read as a character.
    private static bool TryCounts(Re2Input input, out string written, out int times)
    {
        times = 1;
        written = "";
        var close = input.Rest.IndexOf('}');
        if (close < 0)
        {
            return false;
        }

        var inside = input.Rest[1..close];
        var comma = inside.IndexOf(',');
        var least = comma < 0 ? inside : inside[..comma];
        var most = comma < 0 ? least : inside[(comma + 1)..];
        if (!TryCount(least, out var min) || (!TryCount(most, out var max) && !most.IsEmpty))
        {
            return false;
        }

        if (min > MaxCount || max > MaxCount || (!most.IsEmpty && max < min))
        {
            return input.Refuse(input.At, $"the repetition must be in order and at most {MaxCount}");
        }

        times = Math.Max(Math.Max(min, max), 1);
        written = string.Create(CultureInfo.InvariantCulture, $"{{{inside}}}");
        input.At += close + 1;
        return true;
    }

    private static bool TryCount(ReadOnlySpan<char> digits, out int count)
    {
        count = 0;
        return !digits.IsEmpty && !digits.ContainsAnyExceptInRange('0', '9') && (digits.Length == 1 || digits[0] != '0') &&
            int.TryParse(digits.Length > 4 ? "9999" : digits, NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }
}
