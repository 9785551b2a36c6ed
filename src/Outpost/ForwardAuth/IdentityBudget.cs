using System.Text;
using Sidecar.Contracts.Snapshots;
using Sidecar.Outpost.ForwardAuth.Dialects;

namespace Sidecar.Outpost.ForwardAuth;

/// <summary>How many bytes the identity headers may take. Over it a request is refused: a list of groups that was cut short would be a lie.</summary>
internal static class IdentityBudget
{
    /// <summary>The setting's name, for the log and the page.</summary>
    public const string Setting = "identity_budget_bytes";

    private const int Default = 16 * 1024;

    // nginx reads the answer into 4 KB or 8 KB unless told otherwise, and turns anything larger into a 500.
    private const int NginxDefault = 4 * 1024;

    // Colon, blank and line end of a header line.
    private const int LineBytes = 4;

    public static int For(Dialect dialect, ProviderRecord provider) =>
        dialect == Dialect.Nginx && provider.IdentityBudgetBytes == Default ? NginxDefault : provider.IdentityBudgetBytes;

    public static int LineOf(string name, string value) => name.Length + Encoding.UTF8.GetByteCount(value) + LineBytes;

    /// <summary>All names, and the values that do not depend on the person.</summary>
    public static int FixedBytes(string jwks, string outpost, string provider, string app) =>
        IdentityHeaders.All.Sum(name => name.Length + LineBytes)
        + Encoding.UTF8.GetByteCount(string.Concat(jwks, outpost, provider, app)) + ProductVersion.Header.Length;
}
