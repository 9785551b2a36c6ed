using System.Text;
using Microsoft.Extensions.Primitives;

namespace Sidecar.Outpost.Tickets;

/// <summary>The request's cookies without ours, for applications that must not see the ticket.</summary>
internal static class CookieStripper
{
    public static string Without(in StringValues headers, string firstName, string secondName)
    {
        var kept = new StringBuilder();
        foreach (var header in headers)
        {
            foreach (var part in (header ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (!IsNamed(part, firstName) && !IsNamed(part, secondName))
                {
                    kept.Append(kept.Length > 0 ? "; " : "").Append(part);
                }
            }
        }

        return kept.ToString();
    }

    // A name without a value, and blanks before the equals sign, are read as that name by some applications.
    private static bool IsNamed(string part, string name)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        return (equals < 0 ? part : part.AsSpan(0, equals)).TrimEnd().SequenceEqual(name);
    }
}
