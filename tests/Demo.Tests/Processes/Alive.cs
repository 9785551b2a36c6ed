using System.Globalization;
using System.Text.RegularExpressions;

namespace Sidecar.Demo.Tests.Processes;

/// <summary>Looks at the system's list of processes.</summary>
internal static partial class Alive
{
    public static bool Has(int processId)
    {
        try
        {
            // A zombie has ended; only its parent has not looked yet.
            return !File.ReadAllText($"/proc/{processId}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    public static int PidIn(string output) => int.Parse(Pid().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"pid (\d+)")]
    private static partial Regex Pid();
}
