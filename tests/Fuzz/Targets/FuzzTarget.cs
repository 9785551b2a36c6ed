using System.Text;

namespace Sidecar.Fuzz.Targets;

/// <summary>One reader of foreign input. It must end without an exception, and what it accepts must pass a check that was written apart from it.</summary>
internal abstract class FuzzTarget
{
    private static readonly Dictionary<string, Func<FuzzTarget>> All = new()
    {
        ["dialects"] = () => new DialectTarget(),
        ["tickets"] = () => new TicketTarget(),
        ["snapshots"] = () => new SnapshotTarget(),
        ["redirects"] = () => new RedirectTarget(),
        ["policies"] = () => new PolicyTarget(),
    };

    public static IEnumerable<string> Names => All.Keys;

    public static Func<FuzzTarget>? Find(string name) => All.GetValueOrDefault(name);

    /// <returns>What came of it, for whoever looks at one input.</returns>
    public abstract string Run(ReadOnlySpan<byte> input);

    protected const string Skipped = "not tried: it has not the form";

    /// <summary>Each byte a character, as Kestrel reads headers here.</summary>
    protected static string Text(ReadOnlySpan<byte> input) => Encoding.Latin1.GetString(input);

    /// <exception cref="FuzzFindingException">The rule does not hold; afl-fuzz keeps the input.</exception>
    protected static void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new FuzzFindingException(rule);
        }
    }
}
