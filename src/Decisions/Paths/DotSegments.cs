namespace Sidecar.Decisions.Paths;

/// <summary>
/// Notices segments of one or two dots. A segment ends wherever some server ends it: at a slash or backslash in any encoding, and at <c>;</c>
/// (<c>/..;/</c> is <c>/../</c> to servlet containers), <c>?</c> and <c>#</c>.
/// </summary>
internal struct DotSegments
{
    private const int Other = -1;

    // Number of dots when the segment has nothing else so far.
    private int _dots;

    /// <summary>True when a dot segment ends at this character.</summary>
    public bool EndsAt(int character)
    {
        var dots = _dots;
        switch (character)
        {
            case '/' or '\\':
                _dots = 0;
                return dots is 1 or 2;
            case ';' or '?' or '#':
                _dots = Other;
                return dots is 1 or 2;
            // Windows drops spaces at the end of a name.
            case ' ' when dots > 0:
                return false;
            case '.' when dots != Other:
                _dots++;
                return false;
            default:
                _dots = Other;
                return false;
        }
    }
}
