using System.Buffers;

namespace Sidecar.Decisions.Paths.Re2;

/// <summary>What stands after an opening parenthesis: nothing, a name or flags.</summary>
internal static class Re2Group
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    private static readonly (string Start, string Message)[] Refused =
    [
        ("?=", "look-ahead is not part of RE2"),
        ("?!", "look-ahead is not part of RE2"),
        ("?<=", "look-behind is not part of RE2"),
        ("?<!", "look-behind is not part of RE2"),
        ("?>", "atomic groups are not part of RE2"),
        ("?P=", "back-references are not part of RE2"),
        ("?P>", "recursion is not part of RE2"),
        ("?#", "comments are not part of RE2"),
        ("?(", "conditions are not part of RE2"),
    ];

    public static bool TryOpen(Re2Input input, Re2Output output, int start, out bool isFlagsOnly)
    {
        isFlagsOnly = false;
        foreach (var (refused, message) in Refused)
        {
            if (input.Rest.StartsWith(refused, StringComparison.Ordinal))
            {
                return input.Refuse(start, message);
            }
        }

        if (input.TryTake("?P<") || input.TryTake("?<"))
        {
            output.Raw("(?:");
            return TryName(input, start);
        }

        if (input.TryTake("?"))
        {
            return TryFlags(input, output, start, out isFlagsOnly);
        }

        output.Raw("(?:");
        return true;
    }

    // Captures are not used; the name is only checked.
    private static bool TryName(Re2Input input, int start)
    {
        var length = input.Rest.IndexOf('>');
        if (length <= 0 || input.Rest[..length].ContainsAnyExcept(NameCharacters))
        {
            return input.Refuse(start, "the group's name is not one");
        }

        input.At += length + 1;
        return true;
    }

    private static bool TryFlags(Re2Input input, Re2Output output, int start, out bool isFlagsOnly)
    {
        isFlagsOnly = false;
        var fold = "";
        var off = false;
        while (!input.IsAtEnd)
        {
            var flag = input.Take();
            switch (flag)
            {
                case 'i':
                    fold = off ? "-i" : "i";
                    output.HasFold = true;
                    continue;
                case 's' or 'm' or 'U':
                    continue;
                case '-' when !off:
                    off = true;
                    continue;
                case ':' or ')':
                    isFlagsOnly = flag == ')';
                    output.Raw($"(?{fold}{(isFlagsOnly && fold.Length > 0 ? ")" : ":")}{(isFlagsOnly && fold.Length == 0 ? ")" : "")}");
                    return true;
            }

            return input.Refuse(start, "only the flags i, m, s and U are known");
        }

        return input.Refuse(start, "the group is not closed");
    }
}
