using System.Text;
using System.Text.RegularExpressions;

namespace Sidecar.Demo.Edge.Rules;

/// <summary>
/// The path that rules compare. Newer releases leave reserved characters encoded, so that /a%2Fb does not pass as /a/b;
/// older ones decoded everything, which let encoded characters step around a router.
/// </summary>
internal static partial class RoutingPath
{
    private const string Reserved = ":/?#[]@!$&'()*+,;=%";

    public static string Of(string encodedPath, bool keepsReserved) =>
        Codes().Replace(encodedPath, match => Decode(match.Value, keepsReserved));

    private static string Decode(string codes, bool keepsReserved)
    {
        var bytes = Convert.FromHexString(codes.Replace("%", "", StringComparison.Ordinal));
        var text = Encoding.UTF8.GetString(bytes);
        return !keepsReserved ? text : string.Concat(text.Select(c => Reserved.Contains(c) ? $"%{(int)c:X2}" : c.ToString()));
    }

    [GeneratedRegex("(%[0-9A-Fa-f]{2})+")]
    private static partial Regex Codes();
}
